(* One step of momentum as a map of states (u, v), and its action on graphs v = m(u):
     v' = lam v + f(u + h a v),   u' = u + h v',
     (T m)(p) = lam m(xi) + f(xi + h a m(xi)),   p = xi + h (T m)(p).
   x = hK is any solution of (lam x + l (1 + a x))(1 + x) <= x with rho = (lam + a l)(1 + x) < 1, l = hL.
   T maps the class Lip(m) <= K, |m| <= B0/(1 - lam) into itself and contracts sup |m1 - m2| by rho. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_space.
Open Scope R_scope.

Section Step.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (lam a h : R).

Definition next_velocity (u v : E) : E := plus (scal lam v) (f (plus u (scal (h * a) v))).
Definition next_position (u v : E) : E := plus u (scal h (next_velocity u v)).
Definition orbit (u v : nat -> E) : Prop :=
  forall n, v (S n) = next_velocity (u n) (v n) /\ u (S n) = next_position (u n) (v n).
Definition invariant_graph (m : E -> E) : Prop :=
  forall u v, v = m u -> next_velocity u v = m (next_position u v).

(* u_{n+1} = u_n + lam (u_n - u_{n-1}) + h f(u_n + a (u_n - u_{n-1})),  v_n = (u_n - u_{n-1}) / h *)
Theorem two_step_method_is_orbit (w : nat -> E) :
  h <> 0 ->
  (forall n, let d := minus (w (S n)) (w n) in
     w (S (S n)) = plus (plus (w (S n)) (scal lam d)) (scal h (f (plus (w (S n)) (scal a d))))) ->
  orbit (fun n => w (S n)) (fun n => scal (/ h) (minus (w (S n)) (w n))).
Proof.
  intros Hh Hw n. cbv beta. unfold next_position, next_velocity. specialize (Hw n). cbv zeta in Hw.
  replace (scal (h * a) (scal (/ h) (minus (w (S n)) (w n)))) with (scal a (minus (w (S n)) (w n))) by linear.
  rewrite Hw. set (y := f _). split; linear.
Qed.
End Step.

Section GraphTransform.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (lam a h L B0 x : R).
Let K := x / h.
Let M := / (1 - lam) * B0.
Let k := lam * K + L * (1 + h * a * K).
Let rho := (lam + a * (h * L)) * (1 + x).
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hh : 0 < h) (HL : 0 <= L) (Hx : 0 <= x).
Hypothesis Hquadratic : (lam * x + h * L * (1 + a * x)) * (1 + x) <= x.
Hypothesis Hrho : rho < 1.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis f_bounded : bounded_by B0 f.

Lemma product_h_a_nonnegative : 0 <= h * a.
Proof. apply Rmult_le_pos; lra. Qed.
Lemma product_h_L_nonnegative : 0 <= h * L.
Proof. apply Rmult_le_pos; lra. Qed.

(* h k = lam x + l (1 + a x) *)
Lemma h_times_k : h * k = lam * x + h * L * (1 + a * x).
Proof. unfold k, K. field. lra. Qed.

Lemma h_times_k_bounds : 0 <= h * k /\ h * k <= x / (1 + x) /\ h * k < 1.
Proof.
  assert (Hl := product_h_L_nonnegative). assert (0 <= a * x) by (apply Rmult_le_pos; lra).
  assert (0 <= lam * x) by (apply Rmult_le_pos; lra).
  assert (Hp : 0 <= h * L * (1 + a * x)) by (apply Rmult_le_pos; lra).
  assert (Hk : h * k <= x / (1 + x)).
  { rewrite h_times_k. apply (Rmult_le_reg_r (1 + x)); [lra|].
    replace (x / (1 + x) * (1 + x)) with x by (field; lra). exact Hquadratic. }
  repeat split; auto; [rewrite h_times_k; lra|].
  eapply Rle_lt_trans; [exact Hk|]. apply (Rmult_lt_reg_r (1 + x)); [lra|].
  replace (x / (1 + x) * (1 + x)) with x by (field; lra). lra.
Qed.

Lemma k_nonnegative : 0 <= k.
Proof. destruct h_times_k_bounds as [H _]. apply (Rmult_le_reg_l h); lra. Qed.

(* 1 / (1 - h k) <= 1 + x *)
Lemma one_minus_h_k : 1 <= (1 + x) * (1 - h * k).
Proof.
  destruct h_times_k_bounds as (_ & H & _).
  assert ((1 + x) * (h * k) <= (1 + x) * (x / (1 + x))) by (apply Rmult_le_compat_l; lra).
  replace ((1 + x) * (x / (1 + x))) with x in H0 by (field; lra). lra.
Qed.

(* k (1 + x) <= K *)
Lemma k_times_one_plus_x : k * (1 + x) <= K.
Proof.
  apply (Rmult_le_reg_l h); [lra|]. replace (h * K) with x by (unfold K; field; lra).
  rewrite <- Rmult_assoc, h_times_k. exact Hquadratic.
Qed.

Lemma rho_nonnegative : 0 <= rho.
Proof.
  assert (0 <= a * (h * L)) by (apply Rmult_le_pos; [lra|apply product_h_L_nonnegative]).
  apply Rmult_le_pos; lra.
Qed.

Lemma B0_nonnegative : 0 <= B0.
Proof. exact (Rle_trans _ _ _ (norm_nonnegative (f origin)) (f_bounded origin)). Qed.

Lemma M_nonnegative : 0 <= M.
Proof. apply Rmult_le_pos; [apply Rlt_le, Rinv_0_lt_compat; lra|exact B0_nonnegative]. Qed.

(* the velocity q(u) after a step from (u, m(u)), and the point xi with xi + h q(xi) = p *)
Definition image_velocity (m : E -> E) (u : E) : E := next_velocity f lam a h u (m u).
Definition preimage (m : E -> E) (p : E) : E := fixed_point (fun u => minus p (scal h (image_velocity m u))).
Definition graph_transform (m : E -> E) (p : E) : E := image_velocity m (preimage m p).

(* |q(u) - q(w)| <= lam K |u - w| + L (1 + h a K) |u - w| *)
Lemma image_velocity_lipschitz (m : E -> E) : lipschitz K m -> lipschitz k (image_velocity m).
Proof.
  intros Hm u w. unfold image_velocity, next_velocity.
  set (y := f (plus u _)). set (z := f (plus w _)).
  replace (minus (plus (scal lam (m u)) y) (plus (scal lam (m w)) z))
    with (plus (scal lam (minus (m u) (m w))) (minus y z)) by linear.
  eapply Rle_trans; [apply norm_plus_le|].
  assert (H1 := norm_scal_le lam (minus (m u) (m w)) (proj1 Hlam)).
  assert (H2 : norm (minus y z) <= L * ((1 + h * a * K) * norm (minus u w))).
  { eapply Rle_trans; [apply f_lipschitz|]. apply Rmult_le_compat_l; [auto|].
    replace (minus (plus u (scal (h * a) (m u))) (plus w (scal (h * a) (m w))))
      with (plus (minus u w) (scal (h * a) (minus (m u) (m w)))) by linear.
    eapply Rle_trans; [apply norm_plus_le|].
    assert (H3 := norm_scal_le (h * a) (minus (m u) (m w)) product_h_a_nonnegative).
    assert (H4 := Rmult_le_compat_l _ _ _ product_h_a_nonnegative (Hm u w)). lra. }
  assert (H5 := Rmult_le_compat_l _ _ _ (proj1 Hlam) (Hm u w)). unfold k. lra.
Qed.

Lemma preimage_contraction (m : E -> E) (p : E) :
  lipschitz K m -> lipschitz (h * k) (fun u => minus p (scal h (image_velocity m u))).
Proof.
  intros Hm u w. cbv beta. set (y := image_velocity m u). set (z := image_velocity m w).
  replace (minus (minus p (scal h y)) (minus p (scal h z))) with (scal h (minus z y)) by linear.
  rewrite norm_scal_pos, norm_minus_sym by lra. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|]. now apply image_velocity_lipschitz.
Qed.

Lemma preimage_solves (m : E -> E) (p : E) :
  lipschitz K m -> plus (preimage m p) (scal h (graph_transform m p)) = p.
Proof.
  intros Hm. destruct h_times_k_bounds as (H0 & _ & H1).
  assert (Hf := fixed_point_is_fixed _ (h * k) (conj H0 H1) (preimage_contraction m p Hm)).
  fold (preimage m p) in Hf. cbv beta in Hf. fold (graph_transform m p) in Hf.
  rewrite <- Hf at 1. linear.
Qed.

Lemma preimage_unique (m : E -> E) (u : E) :
  lipschitz K m -> preimage m (plus u (scal h (image_velocity m u))) = u.
Proof.
  intros Hm. destruct h_times_k_bounds as (H0 & _ & H1).
  set (p := plus u (scal h (image_velocity m u))). assert (HG := preimage_contraction m p Hm).
  apply (fixed_point_unique _ (h * k) _ _ (conj H0 H1) HG).
  - exact (fixed_point_is_fixed _ (h * k) (conj H0 H1) HG).
  - unfold p. set (y := image_velocity m u). linear.
Qed.

(* q_i = q(xi_i): |q_1 - q_2| <= k |xi_1 - xi_2| + d, xi_1 - xi_2 = (p_1 - p_2) - h (q_1 - q_2),
   so |q_1 - q_2| <= (1 + x) (k |p_1 - p_2| + d) *)
Lemma solve_for_velocity_difference (y d z : R) :
  0 <= y -> y <= k * (z + h * y) + d -> y <= (1 + x) * (k * z + d).
Proof.
  intros Hy H. assert (H1 := one_minus_h_k).
  assert (1 * y <= (1 + x) * (1 - h * k) * y) by (apply Rmult_le_compat_r; lra).
  assert ((1 + x) * ((1 - h * k) * y) <= (1 + x) * (k * z + d)) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma graph_transform_lipschitz (m : E -> E) : lipschitz K m -> lipschitz K (graph_transform m).
Proof.
  intros Hm p r.
  assert (Hq := image_velocity_lipschitz m Hm (preimage m p) (preimage m r)).
  fold (graph_transform m p) (graph_transform m r) in Hq.
  assert (Hp := preimage_solves m p Hm). assert (Hr := preimage_solves m r Hm).
  set (y := graph_transform m p) in *. set (z := graph_transform m r) in *.
  assert (Hd : norm (minus (preimage m p) (preimage m r)) <= norm (minus p r) + h * norm (minus y z)).
  { rewrite <- Hp, <- Hr at 2. rewrite <- (norm_scal_pos h (minus y z)) by lra.
    set (s := preimage m p). set (t := preimage m r).
    replace (minus s t) with (minus (minus (plus s (scal h y)) (plus t (scal h z))) (scal h (minus y z))) at 1
      by linear.
    apply norm_minus_le. }
  assert (Hk := Rmult_le_compat_l _ _ _ k_nonnegative Hd).
  assert (Hs := solve_for_velocity_difference (norm (minus y z)) 0 (norm (minus p r))
    (norm_nonnegative _) ltac:(lra)).
  assert (Hc := Rmult_le_compat_r _ _ _ (norm_nonnegative (minus p r)) k_times_one_plus_x). lra.
Qed.

(* lam B0/(1 - lam) + B0 = B0/(1 - lam) *)
Lemma graph_transform_bounded (m : E -> E) : bounded_by M m -> bounded_by M (graph_transform m).
Proof.
  intros Hm p. unfold graph_transform, image_velocity, next_velocity. set (u := preimage m p).
  eapply Rle_trans; [apply norm_plus_le|].
  assert (H1 := norm_scal_le lam (m u) (proj1 Hlam)).
  assert (H2 := Rmult_le_compat_l _ _ _ (proj1 Hlam) (Hm u)).
  assert (H3 := f_bounded (plus u (scal (h * a) (m u)))).
  assert (HM : lam * M + B0 = M) by (unfold M; field; lra). lra.
Qed.

Definition distance_at_most (d : R) (m1 m2 : E -> E) : Prop := forall u, norm (minus (m1 u) (m2 u)) <= d.

(* at the same point u: |q_1(u) - q_2(u)| <= (lam + a l) |m_1(u) - m_2(u)| *)
Lemma image_velocity_distance (m1 m2 : E -> E) (u : E) :
  norm (minus (image_velocity m1 u) (image_velocity m2 u)) <= (lam + a * (h * L)) * norm (minus (m1 u) (m2 u)).
Proof.
  unfold image_velocity, next_velocity. set (y := f (plus u _)). set (z := f (plus u _)).
  replace (minus (plus (scal lam (m1 u)) y) (plus (scal lam (m2 u)) z))
    with (plus (scal lam (minus (m1 u) (m2 u))) (minus y z)) by linear.
  eapply Rle_trans; [apply norm_plus_le|]. rewrite norm_scal_pos by lra.
  assert (H : norm (minus y z) <= L * (h * a * norm (minus (m1 u) (m2 u)))).
  { eapply Rle_trans; [apply f_lipschitz|]. apply Rmult_le_compat_l; [auto|].
    replace (minus (plus u (scal (h * a) (m1 u))) (plus u (scal (h * a) (m2 u))))
      with (scal (h * a) (minus (m1 u) (m2 u))) by linear.
    apply norm_scal_le, product_h_a_nonnegative. }
  lra.
Qed.

Theorem graph_transform_contraction_at (m1 m2 : E -> E) (p : E) :
  lipschitz K m1 -> lipschitz K m2 ->
  norm (minus (graph_transform m1 p) (graph_transform m2 p))
    <= rho * norm (minus (m1 (preimage m2 p)) (m2 (preimage m2 p))).
Proof.
  intros Hm1 Hm2.
  assert (Hp1 := preimage_solves m1 p Hm1). assert (Hp2 := preimage_solves m2 p Hm2).
  assert (Hq := image_velocity_lipschitz m1 Hm1 (preimage m1 p) (preimage m2 p)).
  assert (Hi := image_velocity_distance m1 m2 (preimage m2 p)).
  fold (graph_transform m1 p) in Hq. fold (graph_transform m2 p) in Hi.
  set (y := graph_transform m1 p) in *. set (z := graph_transform m2 p) in *.
  set (s := preimage m1 p) in *. set (t := preimage m2 p) in *.
  assert (Hst : norm (minus s t) = h * norm (minus y z)).
  { rewrite norm_minus_sym, (norm_minus_sym y), <- (norm_scal_pos h) by lra. rewrite norm_minus_sym.
    apply f_equal. replace s with (minus p (scal h y)) by (rewrite <- Hp1; linear).
    replace t with (minus p (scal h z)) by (rewrite <- Hp2; linear). linear. }
  rewrite Hst in Hq. assert (Ht := norm_minus_triangle y (image_velocity m1 t) z).
  assert (Hs := solve_for_velocity_difference (norm (minus y z)) ((lam + a * (h * L)) * norm (minus (m1 t) (m2 t))) 0
    (norm_nonnegative _) ltac:(lra)).
  unfold rho. lra.
Qed.

Theorem graph_transform_contraction (m1 m2 : E -> E) (d : R) :
  lipschitz K m1 -> lipschitz K m2 -> distance_at_most d m1 m2 ->
  distance_at_most (rho * d) (graph_transform m1) (graph_transform m2).
Proof.
  intros Hm1 Hm2 Hd p. eapply Rle_trans; [now apply graph_transform_contraction_at|].
  apply Rmult_le_compat_l; [exact rho_nonnegative|apply Hd].
Qed.

(* T m = m  <=>  the graph of m is invariant *)
Lemma fixed_graph_is_invariant (m : E -> E) :
  lipschitz K m -> (forall p, graph_transform m p = m p) -> invariant_graph f lam a h m.
Proof.
  intros Hm HT u v ->. unfold next_position. fold (image_velocity m u). rewrite <- HT.
  unfold graph_transform at 1. now rewrite preimage_unique.
Qed.

Lemma invariant_graph_is_fixed (m : E -> E) :
  lipschitz K m -> invariant_graph f lam a h m -> forall p, graph_transform m p = m p.
Proof.
  intros Hm Hi p. assert (H := Hi (preimage m p) (m (preimage m p)) eq_refl).
  unfold next_position in H. fold (image_velocity m (preimage m p)) in H.
  fold (graph_transform m p) in H. now rewrite preimage_solves in H.
Qed.
End GraphTransform.
