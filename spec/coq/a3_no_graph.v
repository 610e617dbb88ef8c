(* A3, sharpness: no function P obeys the graph dynamics with complex roots. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_complex_roots.
Open Scope R_scope.

Section OneSide.
Variables (lam a l : R) (g P : R -> R).
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hl : 0 < l).
Hypothesis Hdynamics : graph_dynamics lam a l g P.
Let HP := P_continuous _ _ _ _ _ Hdynamics.
Let Hlinear := g_linear _ _ _ _ _ Hdynamics.
Let Hmonotone := g_nonincreasing _ _ _ _ _ Hdynamics.
Let HPP := P_second_order _ _ _ _ _ Hdynamics.

Definition position (u : R) (n : nat) : R := Nat.iter n P u.

(* u > 0: g(u) <= g(min(u, 1)) = -l min(u, 1) < 0 *)
Lemma g_negative u : 0 < u -> g u < 0.
Proof.
  intros Hu. assert (Hm : 0 < Rmin u 1 <= 1) by (split; [apply Rmin_glb_lt; lra|apply Rmin_r]).
  assert (H := Hmonotone (Rmin u 1) u (Rmin_l u 1)).
  rewrite (Hlinear (Rmin u 1)) in H by (rewrite Rabs_pos_eq; lra).
  assert (0 < l * Rmin u 1) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(* if P(u) > u for all u > 0 then u_n >= 1 increases from 1, and d_n = u_{n+1} - u_n > 0 loses l a step *)
Lemma no_escape : ~ (forall u, 0 < u -> u < P u).
Proof.
  intros H. assert (Hn : forall n, 1 <= position 1 n /\ P (position 1 n) - position 1 n <= P 1 - 1 - INR n * l).
  { induction n as [|n [IH1 IH2]]; [simpl; lra|].
    change (position 1 (S n)) with (P (position 1 n)). set (u := position 1 n) in *.
    assert (Hu := H u ltac:(lra)). rewrite HPP, S_INR. split; [lra|].
    assert (0 <= a * (P u - u)) by (apply Rmult_le_pos; lra).
    assert (Hg := Hmonotone 1 (P u + a * (P u - u)) ltac:(lra)).
    rewrite (Hlinear 1) in Hg by (rewrite Rabs_R1; lra).
    assert (lam * (P u - u) <= 1 * (P u - u)) by (apply Rmult_le_compat_r; lra). lra. }
  assert (H1 := H 1 ltac:(lra)). destruct (nfloor_ex ((P 1 - 1) / l)) as [n Hf].
  { apply Rdiv_le_0_compat; lra. }
  destruct (Hn (S n)) as [Hp Hd]. assert (Hs := H (position 1 (S n)) ltac:(lra)).
  assert (Hm : (P 1 - 1) / l * l < (INR n + 1) * l) by (apply Rmult_lt_compat_r; lra).
  replace ((P 1 - 1) / l * l) with (P 1 - 1) in Hm by (field; lra). rewrite S_INR in Hd. lra.
Qed.

(* P(u) = u gives g(u) = 0 *)
Lemma no_positive_fixed_point u : 0 < u -> P u - u <> 0.
Proof.
  intros Hu He. assert (H := HPP u). replace (P u) with u in H by lra.
  replace (P u) with u in H by lra. replace (u + a * (u - u)) with u in H by ring.
  assert (Hg := g_negative u Hu). lra.
Qed.

Lemma displacement_continuous : continuity (fun u => P u - u).
Proof. apply continuity_minus; [exact HP|apply derivable_continuous, derivable_id]. Qed.

Lemma interval_positive u v y : 0 < u -> 0 < v -> Rmin u v <= y <= Rmax u v -> 0 < y.
Proof. intros Hu Hv [H _]. eapply Rlt_le_trans; [|exact H]. now apply Rmin_glb_lt. Qed.

Lemma P_below_identity u : 0 < u -> P u < u.
Proof.
  intros Hu. destruct (Rle_lt_dec (P u - u) 0) as [Hle|Hgt].
  - assert (Hne := no_positive_fixed_point u Hu). lra.
  - destruct no_escape. intros v Hv.
    assert (Hs : 0 < P v - v); [|lra].
    apply (sign_kept (fun u => P u - u) u v displacement_continuous); [|exact Hgt].
    intros y Hy. apply no_positive_fixed_point. exact (interval_positive u v y Hu Hv Hy).
Qed.

Lemma P_0_not_positive : P 0 <= 0.
Proof.
  apply Rnot_lt_le. intros H0. destruct no_escape. intros v Hv.
  assert (Hs : 0 < P v - v); [|lra].
  apply (sign_kept (fun u => P u - u) 0 v displacement_continuous); [|lra].
  intros y Hy. rewrite Rmin_left in Hy by lra.
  destruct (proj1 Hy) as [Hp|<-]; [now apply no_positive_fixed_point|lra].
Qed.
End OneSide.

Section TwoSides.
Variables (lam a l : R) (g P : R -> R).
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hl : 0 < l).
Hypothesis Hdynamics : graph_dynamics lam a l g P.
Let HPP := P_second_order _ _ _ _ _ Hdynamics.
Let b := 1 + lam - l * (1 + a).
Let c := lam - a * l.
Hypothesis Hcomplex : b ^ 2 < 4 * c.
Let delta := / (1 + 2 * a).

Lemma delta_bounds : 0 < delta <= 1 /\ (1 + 2 * a) * delta = 1.
Proof.
  assert (Hd : (1 + 2 * a) * delta = 1) by (unfold delta; field; lra).
  assert (Hp : 0 < delta) by (apply Rinv_0_lt_compat; lra).
  assert (0 <= a * delta) by (apply Rmult_le_pos; lra). repeat split; lra.
Qed.

Lemma P_0 : P 0 = 0.
Proof.
  apply Rle_antisym; [now apply (P_0_not_positive lam a l g P)|].
  assert (H := P_0_not_positive lam a l _ _ Hlam Ha Hl (reflected_dynamics _ _ _ _ _ Hdynamics)).
  cbv beta in H. rewrite Ropp_0 in H. lra.
Qed.

(* |u|, |P(u)| <= delta: P(P(u)) = b P(u) - c u *)
Lemma linear_near_0 u : Rabs u <= delta -> Rabs (P u) <= delta -> P (P u) = b * P u - c * u.
Proof.
  intros Hu HPu. destruct delta_bounds as [_ Hd]. rewrite HPP, (g_linear _ _ _ _ _ Hdynamics); [unfold b, c; ring|].
  assert (H1 := Rabs_triang (P u) (a * (P u - u))). rewrite Rabs_mult, (Rabs_pos_eq a) in H1 by lra.
  assert (H2 := Rabs_triang (P u) (- u)). rewrite Rabs_Ropp in H2.
  assert (H3 := Rmult_le_compat_l a _ _ Ha H2). unfold Rminus in *.
  assert (H4 : a * (Rabs (P u) + Rabs u) <= a * (2 * delta)) by (apply Rmult_le_compat_l; lra). lra.
Qed.

(* P(u) = 0 gives 0 = P(0) = -c u *)
Lemma P_nonzero u : Rabs u <= delta -> u <> 0 -> P u <> 0.
Proof.
  intros Hu Hne H. destruct delta_bounds as [Hd _].
  assert (Hl2 := linear_near_0 u Hu ltac:(rewrite H, Rabs_R0; lra)). rewrite H, P_0 in Hl2.
  assert (Hc := c_positive b c Hcomplex). assert (Hz : c * u = 0) by lra.
  apply Rmult_integral in Hz. lra.
Qed.

(* P > 0 on (0, delta]: the orbit of delta stays in (0, delta] *)
Lemma P_negative_at_delta : P delta < 0.
Proof.
  destruct delta_bounds as [Hd _]. apply Rnot_le_lt. intros [Hpos|H0].
  2: { apply (P_nonzero delta); [rewrite Rabs_pos_eq|lra|symmetry]; auto; lra. }
  destruct (positive_only_boundedly_long b c Hcomplex) as [N HN].
  assert (Hstep : forall u, 0 < u <= delta -> 0 < P u <= delta).
  { intros u Hu. split.
    - apply (sign_kept P delta u (P_continuous _ _ _ _ _ Hdynamics)); [|exact Hpos].
      intros y Hy. rewrite Rmin_right, Rmax_left in Hy by lra.
      apply P_nonzero; [rewrite Rabs_pos_eq|]; lra.
    - assert (H := P_below_identity lam a l g P Hlam Ha Hl Hdynamics u ltac:(lra)). lra. }
  assert (Hn : forall n, 0 < position P delta n <= delta).
  { induction n as [|n IH]; [simpl; lra|]. now apply Hstep. }
  apply (HN (position P delta)).
  - intros n _. apply Hn.
  - intros n _. assert (H0 := Hn n). assert (H1 := Hn (S n)).
    apply (linear_near_0 (position P delta n)); [rewrite Rabs_pos_eq; lra|].
    change (Rabs (position P delta (S n)) <= delta). rewrite Rabs_pos_eq; lra.
Qed.

Lemma P_negative_on_the_right u : 0 < u <= delta -> P u < 0.
Proof.
  intros Hu. assert (H : 0 < - P u); [|lra].
  apply (sign_kept (fun u => - P u) delta u).
  - apply continuity_opp. exact (P_continuous _ _ _ _ _ Hdynamics).
  - intros y Hy. rewrite Rmin_right, Rmax_left in Hy by lra.
    assert (Hne := P_nonzero y ltac:(rewrite Rabs_pos_eq; lra) ltac:(lra)). lra.
  - assert (Hd := P_negative_at_delta). lra.
Qed.

(* P continuous, P(0) = 0: the first N iterates of a small u stay in [-delta, delta] *)
Lemma small_orbits N :
  exists eta, 0 < eta /\ forall u, Rabs u <= eta -> forall n, (n <= N)%nat -> Rabs (position P u n) <= delta.
Proof.
  destruct delta_bounds as [Hd _]. induction N as [|N [eta [Heta IH]]].
  - exists delta. split; [lra|]. intros u Hu n Hn. replace n with O by lia. exact Hu.
  - assert (Hc := P_continuous _ _ _ _ _ Hdynamics 0). destruct (Hc eta Heta) as [e [He Hclose]].
    exists (Rmin delta (e / 2)). split; [apply Rmin_glb_lt; lra|]. intros u Hu [|n] Hn.
    { eapply Rle_trans; [exact Hu|apply Rmin_l]. }
    replace (position P u (S n)) with (position P (P u) n).
    2: { clear. induction n as [|n IHn]; [reflexivity|]. exact (f_equal P IHn). }
    apply IH; [|lia]. destruct (Req_dec 0 u) as [<-|Hne]; [rewrite P_0, Rabs_R0; lra|].
    assert (Hlt : R_dist (P u) (P 0) < eta).
    { apply Hclose. split; [split; [exact I|exact Hne]|]. simpl. unfold R_dist. rewrite Rminus_0_r.
      assert (Hm := Rmin_r delta (e / 2)). lra. }
    unfold R_dist in Hlt. rewrite P_0, Rminus_0_r in Hlt. lra.
Qed.
End TwoSides.

Lemma power_of_minus_1 (n : nat) : (-1) ^ n = 1 \/ (-1) ^ n = -1.
Proof. induction n as [|n [IH|IH]]; simpl; [left|right|left]; try rewrite IH; ring. Qed.

(* P(u) < 0 < u and P(u) > 0 > u: (-1)^n u_n > 0 obeys the recursion with -b *)
Theorem no_graph_dynamics (lam a l : R) (g P : R -> R) :
  0 <= lam < 1 -> 0 <= a -> 0 < l -> (1 + lam - l * (1 + a)) ^ 2 < 4 * (lam - a * l) ->
  ~ graph_dynamics lam a l g P.
Proof.
  intros Hlam Ha Hl Hc HD. set (b := 1 + lam - l * (1 + a)) in *. set (c := lam - a * l) in *.
  set (delta := / (1 + 2 * a)).
  assert (Hright := P_negative_on_the_right lam a l g P Hlam Ha Hl HD Hc).
  assert (Hleft := P_negative_on_the_right lam a l _ _ Hlam Ha Hl (reflected_dynamics _ _ _ _ _ HD) Hc).
  cbv beta in Hleft. fold delta in Hright, Hleft.
  destruct (positive_only_boundedly_long (- b) c) as [N HN]; [replace ((- b) ^ 2) with (b ^ 2) by ring; exact Hc|].
  destruct (small_orbits lam a l g P Hlam Ha Hl HD N) as [eta [Heta Hsmall]].
  specialize (Hsmall eta ltac:(rewrite Rabs_pos_eq; lra)). fold delta in Hsmall.
  assert (Hs : forall n, (n <= N)%nat -> 0 < (-1) ^ n * position P eta n).
  { induction n as [|n IH]; intros Hn; [simpl; lra|]. specialize (IH ltac:(lia)).
    assert (Hb := Hsmall n ltac:(lia)). apply Rabs_le_between in Hb.
    change (position P eta (S n)) with (P (position P eta n)). simpl ((-1) ^ S n).
    set (u := position P eta n) in *. destruct (power_of_minus_1 n) as [E|E]; rewrite E in *.
    - assert (H := Hright u ltac:(lra)). lra.
    - assert (H := Hleft (- u) ltac:(lra)). rewrite Ropp_involutive in H. lra. }
  apply (HN (fun n => (-1) ^ n * position P eta n) Hs). intros n Hn.
  change (position P eta (S (S n))) with (P (P (position P eta n))).
  rewrite (linear_near_0 lam a l g P Ha HD (position P eta n) (Hsmall n ltac:(lia)) (Hsmall (S n) ltac:(lia))).
  change (P (position P eta n)) with (position P eta (S n)). simpl. fold b c. ring.
Qed.
