(* A3 for f(u) = -q u on the line, l = hq: the step is linear with the roots of
     z^2 - (1 + lam - l (1 + a)) z + (lam - a l) = 0.
   A root z gives the invariant graph v = mu u, mu = (1 - 1/z)/h, and the other root z' the exact factor
   v_n - mu u_n = z'^n (v_0 - mu u_0). *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform.
Open Scope R_scope.

Notation line := R_CompleteNormedModule.

Definition quadratic_force (q : R) : line -> line := fun u => - q * u.
Definition root_sum (lam a l : R) : R := 1 + lam - l * (1 + a).
Definition root_product (lam a l : R) : R := lam - a * l.
Definition root_discriminant (lam a l : R) : R := root_sum lam a l ^ 2 - 4 * root_product lam a l.
Definition slow_root (lam a l : R) : R := (root_sum lam a l + sqrt (root_discriminant lam a l)) / 2.
Definition fast_root (lam a l : R) : R := (root_sum lam a l - sqrt (root_discriminant lam a l)) / 2.
Definition graph_slope (h z : R) : R := (1 - / z) / h.

Lemma quadratic_next_velocity q lam a h (u v : line) :
  next_velocity (quadratic_force q) lam a h u v = lam * v - q * (u + h * a * v).
Proof.
  change (lam * v + - q * (u + h * a * v) = lam * v - q * (u + h * a * v)). ring.
Qed.

Lemma quadratic_next_position q lam a h (u v : line) :
  next_position (quadratic_force q) lam a h u v = u + h * (lam * v - q * (u + h * a * v)).
Proof. unfold next_position. rewrite quadratic_next_velocity. reflexivity. Qed.

(* slow and fast root: z_s + z_f and z_s z_f *)
Lemma roots_sum lam a l : slow_root lam a l + fast_root lam a l = root_sum lam a l.
Proof. unfold slow_root, fast_root. field. Qed.

Lemma roots_product lam a l :
  0 <= root_discriminant lam a l -> slow_root lam a l * fast_root lam a l = root_product lam a l.
Proof.
  intros HD. assert (Hs := sqrt_sqrt _ HD). unfold slow_root, fast_root.
  set (s := sqrt (root_discriminant lam a l)) in *.
  replace ((root_sum lam a l + s) / 2 * ((root_sum lam a l - s) / 2))
    with ((root_sum lam a l ^ 2 - s * s) / 4) by field.
  rewrite Hs. unfold root_discriminant. field.
Qed.

Section Roots.
Variables (q lam a h z z' : R).
Hypotheses (Hh : h <> 0) (Hz : z <> 0).
Hypothesis Hsum : z + z' = root_sum lam a (h * q).
Hypothesis Hproduct : z * z' = root_product lam a (h * q).
Let mu := graph_slope h z.

(* (1 - z)(1 - z') = l *)
Lemma roots_below_1 : (1 - z) * (1 - z') = h * q.
Proof.
  replace ((1 - z) * (1 - z')) with (1 - (z + z') + z * z') by ring.
  rewrite Hsum, Hproduct. unfold root_sum, root_product. ring.
Qed.

(* v' - mu u' = z' (v - mu u):  1 - h mu = 1/z,  lam - a l = z z',  l/z + h mu = z' h mu *)
Theorem quadratic_step_factor (u v : line) :
  next_velocity (quadratic_force q) lam a h u v - mu * next_position (quadratic_force q) lam a h u v
    = z' * (v - mu * u).
Proof.
  rewrite quadratic_next_velocity, quadratic_next_position.
  assert (Hq : q = (1 - z) * (1 - z') / h) by (rewrite roots_below_1; field; auto).
  assert (Hlam : lam = z * z' + a * (h * q)) by (rewrite Hproduct; unfold root_product; ring).
  rewrite Hlam, Hq. unfold mu, graph_slope. field. auto.
Qed.

Theorem quadratic_graph_invariant : invariant_graph (quadratic_force q) lam a h (fun u : line => mu * u).
Proof.
  intros u v ->. apply Rminus_diag_uniq. rewrite quadratic_step_factor. ring.
Qed.

Theorem quadratic_distance_exact (u v : nat -> line) :
  orbit (quadratic_force q) lam a h u v -> forall n, v n - mu * u n = z' ^ n * (v 0%nat - mu * u 0%nat).
Proof.
  intros Ho. induction n as [|n IH]; [simpl; ring|].
  destruct (Ho n) as [-> ->]. rewrite quadratic_step_factor, IH. simpl. ring.
Qed.
End Roots.

(* conversely mu of an invariant line v = mu u has a root z = 1 + h ((lam - a l) mu - q) with mu z = (z - 1)/h *)
Theorem invariant_line_has_real_root (q lam a h mu : R) :
  h <> 0 -> invariant_graph (quadratic_force q) lam a h (fun u : line => mu * u) ->
  0 <= root_discriminant lam a (h * q).
Proof.
  intros Hh Hi. assert (H := Hi 1 (mu * 1) eq_refl).
  rewrite quadratic_next_velocity, quadratic_next_position in H.
  set (z := 1 + h * ((lam - a * (h * q)) * mu - q)).
  assert (Hz : mu * z = (z - 1) / h).
  { transitivity (mu * (1 + h * (lam * (mu * 1) - q * (1 + h * a * (mu * 1))))); [unfold z; ring|].
    rewrite <- H. unfold z. field. auto. }
  assert (Hroot : z ^ 2 - root_sum lam a (h * q) * z + root_product lam a (h * q) = 0).
  { assert (Hz2 : z ^ 2 = z * (1 + h * ((lam - a * (h * q)) * mu - q))) by (fold z; ring). rewrite Hz2.
    replace (z * (1 + h * ((lam - a * (h * q)) * mu - q)))
      with (z + h * ((lam - a * (h * q)) * (mu * z) - q * z)) by ring.
    rewrite Hz. unfold root_sum, root_product. field. auto. }
  unfold root_discriminant.
  replace (root_sum lam a (h * q) ^ 2 - 4 * root_product lam a (h * q))
    with ((2 * z - root_sum lam a (h * q)) ^ 2
          - 4 * (z ^ 2 - root_sum lam a (h * q) * z + root_product lam a (h * q))) by ring.
  rewrite Hroot. assert (P := pow2_ge_0 (2 * z - root_sum lam a (h * q))). lra.
Qed.

(* l_-, l_+ = ((1 -+ s)/(1 + a))^2, s = sqrt (lam - a (1 - lam)): the discriminant is (1 + a)^2 (l - l_-)(l - l_+) *)
Definition lower_threshold (lam a : R) : R := ((1 - sqrt (lam - a * (1 - lam))) / (1 + a)) ^ 2.
Definition upper_threshold (lam a : R) : R := ((1 + sqrt (lam - a * (1 - lam))) / (1 + a)) ^ 2.

Lemma root_discriminant_factorisation lam a l :
  0 <= a -> a * (1 - lam) <= lam ->
  root_discriminant lam a l = (1 + a) ^ 2 * ((l - lower_threshold lam a) * (l - upper_threshold lam a)).
Proof.
  intros Ha Hs. assert (Hq := sqrt_sqrt (lam - a * (1 - lam)) ltac:(lra)).
  unfold lower_threshold, upper_threshold. set (s := sqrt (lam - a * (1 - lam))) in *.
  assert (Hsum : ((1 - s) / (1 + a)) ^ 2 + ((1 + s) / (1 + a)) ^ 2 = 2 * (1 + s * s) / (1 + a) ^ 2) by (field; lra).
  assert (Hpro : ((1 - s) / (1 + a)) ^ 2 * ((1 + s) / (1 + a)) ^ 2 = ((1 - s * s) / (1 + a) ^ 2) ^ 2) by (field; lra).
  set (p := ((1 - s) / (1 + a)) ^ 2) in *. set (r := ((1 + s) / (1 + a)) ^ 2) in *.
  replace ((l - p) * (l - r)) with (l ^ 2 - (p + r) * l + p * r) by ring.
  rewrite Hsum, Hpro, Hq. unfold root_discriminant, root_sum, root_product. field. lra.
Qed.

Theorem no_real_root_between_thresholds lam a l :
  0 <= a -> a * (1 - lam) <= lam ->
  (lower_threshold lam a < l < upper_threshold lam a <-> root_discriminant lam a l < 0).
Proof.
  intros Ha Hs. assert (Hp : 0 < (1 + a) ^ 2) by (apply pow_lt; lra).
  assert (Ho : lower_threshold lam a <= upper_threshold lam a).
  { unfold lower_threshold, upper_threshold. assert (P := sqrt_pos (lam - a * (1 - lam))).
    set (s := sqrt (lam - a * (1 - lam))) in *. apply Rminus_le.
    replace (((1 - s) / (1 + a)) ^ 2 - ((1 + s) / (1 + a)) ^ 2) with (- (4 * (s / (1 + a) ^ 2))) by (field; lra).
    assert (0 <= s / (1 + a) ^ 2) by (apply Rdiv_le_0_compat; lra). lra. }
  rewrite (root_discriminant_factorisation lam a l Ha Hs).
  set (p := lower_threshold lam a) in *. set (r := upper_threshold lam a) in *. split; intros H.
  - assert (0 < (l - p) * (r - l)) by (apply Rmult_lt_0_compat; lra). nra.
  - assert (Hn : (l - p) * (l - r) < 0).
    { apply (Rmult_lt_reg_l ((1 + a) ^ 2)); lra. }
    nra.
Qed.

(* heavy ball: (1 -+ sqrt lam)^2; the first is h_0 L, and x and rho are attained: h |mu| = x, z_f = rho *)
Lemma heavy_ball_lower_threshold lam : lower_threshold lam 0 = threshold lam 0.
Proof.
  rewrite heavy_ball_threshold. unfold lower_threshold. replace (lam - 0 * (1 - lam)) with lam by ring. field.
Qed.

Theorem heavy_ball_constants_attained lam l h :
  0 < lam < 1 -> 0 <= l -> h <> 0 -> solvable lam 0 l ->
  fast_root lam 0 l = contraction_factor lam 0 l /\
  - h * graph_slope h (slow_root lam 0 l) = scaled_slope lam 0 l.
Proof.
  intros Hlam Hl Hh Hs. assert (HD := proj2 Hs).
  assert (Hd : root_discriminant lam 0 l = discriminant lam 0 l).
  { unfold root_discriminant, root_sum, root_product, discriminant, linear_coefficient. ring. }
  assert (Hf : fast_root lam 0 l = contraction_factor lam 0 l).
  { rewrite contraction_factor_formula by (auto; lra). unfold fast_root, root_sum. rewrite Hd. field. }
  split; [exact Hf|].
  assert (Hp := roots_product lam 0 l ltac:(rewrite Hd; exact HD)). rewrite Hf in Hp.
  unfold contraction_factor, root_product in Hp.
  assert (Hone : slow_root lam 0 l * (1 + scaled_slope lam 0 l) = 1).
  { apply (Rmult_eq_reg_l lam); [|lra].
    replace (lam * (slow_root lam 0 l * (1 + scaled_slope lam 0 l)))
      with (slow_root lam 0 l * ((lam + 0 * l) * (1 + scaled_slope lam 0 l))) by ring.
    rewrite Hp. ring. }
  assert (Hz : slow_root lam 0 l <> 0) by (intros Hz; rewrite Hz in Hone; lra).
  unfold graph_slope. apply (Rmult_eq_reg_l (slow_root lam 0 l)); [|exact Hz].
  replace (slow_root lam 0 l * (- h * ((1 - / slow_root lam 0 l) / h))) with (1 - slow_root lam 0 l)
    by (field; auto). lra.
Qed.

(* f = -q u, L = q, a = 0: |m - lbar f| = (x/h - lbar q)|u| and theta/(1 - theta) lbar |f| coincide *)
Theorem heavy_ball_distance_attained lam l :
  0 < lam < 1 -> 0 <= l -> solvable lam 0 l ->
  let x := scaled_slope lam 0 l in
  let theta := / (1 - lam) * (lam * x + l) in
  x - / (1 - lam) * l = / (1 - lam) * (theta / (1 - theta)) * l.
Proof.
  intros Hlam Hl Hs x theta. assert (Hx := scaled_slope_nonnegative lam 0 l Hl Hs). fold x in Hx.
  assert (Hr := proj2 (contraction_factor_below_1 lam 0 l (Rlt_le _ _ (proj1 Hlam)) (Rle_refl 0) Hl Hs)).
  unfold contraction_factor in Hr. fold x in Hr.
  assert (Hq := scaled_slope_root lam 0 l Hs). fold x in Hq. unfold linear_coefficient in Hq.
  assert (Hlx : l = x * (1 - lam * (1 + x)) / (1 + x)).
  { apply (Rmult_eq_reg_r (1 + x)); [|lra].
    replace (x * (1 - lam * (1 + x)) / (1 + x) * (1 + x)) with (x * (1 - lam * (1 + x))) by (field; lra). lra. }
  assert (Ht : theta = / (1 - lam) * (x / (1 + x))) by (unfold theta; rewrite Hlx; field; lra).
  rewrite Ht, Hlx. field. repeat split; lra.
Qed.

(* l up to the lower threshold, also l <= 0: the discriminant is not negative, and root_sum > 0 since
   (1 + a) l <= k (1 - s) <= 1 - s for k = (1 - s)/(1 + a) <= 1 *)
Lemma roots_below_threshold lam a l :
  0 < lam < 1 -> 0 <= a -> a * (1 - lam) <= lam -> l <= lower_threshold lam a ->
  0 <= root_discriminant lam a l /\ 0 < slow_root lam a l.
Proof.
  intros Hlam Ha Has Hl.
  assert (HD : 0 <= root_discriminant lam a l).
  { apply Rnot_lt_le. intros Hn. apply no_real_root_between_thresholds in Hn; auto. lra. }
  split; [exact HD|].
  assert (Hsum : 0 < root_sum lam a l).
  { unfold lower_threshold in Hl. set (s := sqrt (lam - a * (1 - lam))) in *.
    assert (Hs0 : 0 <= s) by apply sqrt_pos. assert (Hss : s * s = lam - a * (1 - lam)) by (apply sqrt_sqrt; lra).
    assert (0 <= a * (1 - lam)) by (apply Rmult_le_pos; lra). assert (Hs1 : s <= 1) by nra.
    assert (Hi : 0 <= (1 - s) / (1 + a)) by (apply Rdiv_le_0_compat; lra).
    assert (Hp : (1 - s) / (1 + a) * (1 + a) = 1 - s) by (field; lra).
    assert (Hm := Rmult_le_compat_r (1 + a) _ _ ltac:(lra) Hl).
    set (k := (1 - s) / (1 + a)) in *. assert (Hk : k <= 1).
    { assert (0 <= k * a) by (apply Rmult_le_pos; lra). lra. }
    unfold root_sum. replace (k ^ 2 * (1 + a)) with (k * (k * (1 + a))) in Hm by ring. rewrite Hp in Hm.
    assert (k * (1 - s) <= 1 * (1 - s)) by (apply Rmult_le_compat_r; lra). lra. }
  unfold slow_root. assert (P := sqrt_pos (root_discriminant lam a l)). lra.
Qed.

(* h q up to the lower threshold: real roots, 0 < z_s, the graph v = mu u and the exact factor z_f *)
Theorem a3_quadratic (lam a h q : R) :
  0 < lam < 1 -> 0 <= a -> a * (1 - lam) <= lam -> 0 < h -> 0 < q -> h * q <= lower_threshold lam a ->
  let mu := graph_slope h (slow_root lam a (h * q)) in
  0 <= root_discriminant lam a (h * q) /\ 0 < slow_root lam a (h * q) /\
  invariant_graph (quadratic_force q) lam a h (fun u : line => mu * u) /\
  forall u v : nat -> line, orbit (quadratic_force q) lam a h u v ->
    forall n, v n - mu * u n = fast_root lam a (h * q) ^ n * (v 0%nat - mu * u 0%nat).
Proof.
  intros Hlam Ha Has Hh Hq Hl mu.
  destruct (roots_below_threshold lam a (h * q) Hlam Ha Has Hl) as [HD Hz].
  assert (H1 := roots_sum lam a (h * q)). assert (H2 := roots_product lam a (h * q) HD).
  assert (Hh0 : h <> 0) by lra. assert (Hz0 : slow_root lam a (h * q) <> 0) by lra.
  split; [exact HD|split; [exact Hz|]]. split.
  - exact (quadratic_graph_invariant q lam a h _ _ Hh0 Hz0 H1 H2).
  - exact (quadratic_distance_exact q lam a h _ _ Hh0 Hz0 H1 H2).
Qed.
