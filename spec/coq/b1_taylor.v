(* Taylor bounds of the central differences: |D0'''| <= M3 and |D0''''| <= M4 on [0,T] give
   |D0(t+h) - D0(t-h) - 2h D0'| <= M3 h^3/3 and |D0(t+h) - 2 D0(t) + D0(t-h) - h^2 D0''| <= M4 h^4/12. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_derivatives.
Open Scope R_scope.

(* f(0) = 0 and |f'| <= M s^n: |f| <= M s^{n+1}/(n+1) *)
Lemma integrated_bound (f g : R -> R) (h M : R) n : f 0 = 0 ->
  (forall s, 0 <= s <= h -> is_derive f s (g s)) -> (forall s, 0 <= s <= h -> Rabs (g s) <= M * s ^ n) ->
  forall s, 0 <= s <= h -> Rabs (f s) <= M / INR (S n) * s ^ S n.
Proof.
  intros Z D B s Hs. assert (N : 0 < INR (S n)) by apply lt_0_INR, Nat.lt_0_succ.
  set (p := fun t => M / INR (S n) * t ^ S n).
  assert (P : forall t, is_derive p t (M * t ^ n)).
  { intros t. apply derive_eq with (1 := derive_scal _ t _ (is_derive_pow _ (S n) t 1 (derive_id t)) (M / INR (S n))).
    simpl pred. field. lra. }
  assert (P0 : p 0 = 0) by (unfold p; simpl; ring).
  assert (A : p 0 - f 0 <= p s - f s).
  { apply (derive_nonneg_increasing (fun t => p t - f t) (fun t => M * t ^ n - g t) 0 s (proj1 Hs)); intros t Ht.
    - apply derive_minus; [apply P|apply D; lra].
    - assert (G := B t ltac:(lra)). apply Rabs_le_between in G. lra. }
  assert (C : p 0 + f 0 <= p s + f s).
  { apply (derive_nonneg_increasing (fun t => p t + f t) (fun t => M * t ^ n + g t) 0 s (proj1 Hs)); intros t Ht.
    - apply derive_plus; [apply P|apply D; lra].
    - assert (G := B t ltac:(lra)). apply Rabs_le_between in G. lra. }
  apply Rabs_le_between. fold (p s). lra.
Qed.

Lemma derive_ahead (f : R -> R) (t s l : R) : is_derive f (t + s) l -> is_derive (fun q => f (t + q)) s l.
Proof.
  intros D. assert (S : is_derive (fun q => t + q) s 1).
  { apply derive_eq with (0 + 1); [apply derive_plus; [apply derive_const|apply derive_id]|ring]. }
  apply derive_eq with (1 := is_derive_comp f (fun q => t + q) s l 1 D S). exact (Rmult_1_l l).
Qed.

Lemma derive_behind (f : R -> R) (t s l : R) : is_derive f (t - s) l -> is_derive (fun q => f (t - q)) s (- l).
Proof.
  intros D. assert (S : is_derive (fun q => t - q) s (-1)).
  { apply derive_eq with (0 - 1); [apply derive_minus; [apply derive_const|apply derive_id]|ring]. }
  apply derive_eq with (1 := is_derive_comp f (fun q => t - q) s l (-1) D S).
  change (-1 * l = - l). ring.
Qed.

(* D0' = D1, ..., D3' = D4 on [0,T] *)
Section Taylor.
Variables (D0 D1 D2 D3 D4 : R -> R) (T M3 M4 : R).
Hypothesis C0 : forall t, 0 <= t <= T -> is_derive D0 t (D1 t).
Hypothesis C1 : forall t, 0 <= t <= T -> is_derive D1 t (D2 t).
Hypothesis C2 : forall t, 0 <= t <= T -> is_derive D2 t (D3 t).
Hypothesis C3 : forall t, 0 <= t <= T -> is_derive D3 t (D4 t).
Hypothesis B3 : forall t, 0 <= t <= T -> Rabs (D3 t) <= M3.
Hypothesis B4 : forall t, 0 <= t <= T -> Rabs (D4 t) <= M4.

(* |D0(h) - D0(0) - h D1(0) - h^2/2 D2(0)| <= M3 h^3/6 *)
Lemma taylor_start h : 0 <= h <= T -> Rabs (D0 h - D0 0 - h * D1 0 - h ^ 2 / 2 * D2 0) <= M3 / 6 * h ^ 3.
Proof.
  intros Hh. assert (L : forall s, 0 <= s <= h -> 0 <= s <= T) by (intros; lra).
  assert (A : forall s, 0 <= s <= h -> Rabs (D2 s - D2 0) <= M3 / INR 1 * s ^ 1).
  { apply (integrated_bound _ D3); [ring| |].
    - intros s Hs. apply derive_eq with (D3 s - 0); [|ring].
      apply derive_minus; [apply C2, L, Hs|apply derive_const].
    - intros s Hs. simpl. rewrite Rmult_1_r. apply B3, L, Hs. }
  assert (B : forall s, 0 <= s <= h -> Rabs (D1 s - D1 0 - D2 0 * s) <= M3 / INR 1 / INR 2 * s ^ 2).
  { apply (integrated_bound _ (fun s => D2 s - D2 0)); [ring| |exact A].
    intros s Hs. apply derive_eq with (D2 s - 0 - D2 0 * 1); [|ring].
    apply derive_minus; [apply derive_minus; [apply C1, L, Hs|apply derive_const]|apply derive_scal, derive_id]. }
  assert (E : forall s, 0 <= s <= h ->
    Rabs (D0 s - D0 0 - D1 0 * s - D2 0 / 2 * s ^ 2) <= M3 / INR 1 / INR 2 / INR 3 * s ^ 3).
  { apply (integrated_bound _ (fun s => D1 s - D1 0 - D2 0 * s)); [simpl; ring| |exact B].
    intros s Hs. apply derive_eq with (D1 s - 0 - D1 0 * 1 - D2 0 / 2 * (2 * 1 * s)); [|field].
    apply derive_minus; [apply derive_minus; [apply derive_minus; [apply C0, L, Hs|apply derive_const]|]|];
      apply derive_scal; [apply derive_id|apply (derive_square (fun q => q)), derive_id]. }
  specialize (E h ltac:(lra)). simpl INR in E.
  replace (D0 h - D0 0 - h * D1 0 - h ^ 2 / 2 * D2 0) with (D0 h - D0 0 - D1 0 * h - D2 0 / 2 * h ^ 2) by field.
  replace (M3 / 6 * h ^ 3) with (M3 / 1 / (1 + 1) / (1 + 1 + 1) * h ^ 3) by field. exact E.
Qed.

Variables (t h : R).
Hypothesis inside : 0 <= h /\ h <= t /\ t + h <= T.

Lemma ahead_behind (f g : R -> R) s : (forall q, 0 <= q <= T -> is_derive f q (g q)) -> 0 <= s <= h ->
  is_derive (fun q => f (t + q)) s (g (t + s)) /\ is_derive (fun q => f (t - q)) s (- g (t - s)).
Proof. intros D Hs. split; [apply derive_ahead|apply derive_behind]; apply D; lra. Qed.

Lemma even_bound (f : R -> R) M s : (forall q, 0 <= q <= T -> Rabs (f q) <= M) -> 0 <= s <= h ->
  Rabs (f (t + s) + f (t - s)) <= 2 * M * s ^ 0.
Proof.
  intros B Hs. assert (P := B (t + s) ltac:(lra)). assert (N := B (t - s) ltac:(lra)).
  assert (A := Rabs_triang (f (t + s)) (f (t - s))). simpl. lra.
Qed.

(* |D0(t+h) - D0(t-h) - 2 h D1(t)| <= M3 h^3/3 *)
Lemma central_velocity : Rabs (D0 (t + h) - D0 (t - h) - 2 * h * D1 t) <= M3 / 3 * h ^ 3.
Proof.
  assert (A : forall s, 0 <= s <= h -> Rabs (D2 (t + s) - D2 (t - s)) <= 2 * M3 / INR 1 * s ^ 1).
  { apply (integrated_bound _ (fun s => D3 (t + s) + D3 (t - s))).
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D2 D3 s C2 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ P N). ring.
    - intros s Hs. now apply even_bound. }
  assert (B : forall s, 0 <= s <= h -> Rabs (D1 (t + s) + D1 (t - s) - 2 * D1 t) <= 2 * M3 / INR 1 / INR 2 * s ^ 2).
  { apply (integrated_bound _ (fun s => D2 (t + s) - D2 (t - s))); [| |exact A].
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D1 D2 s C1 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ (derive_plus _ _ s _ _ P N) (derive_const _ s)). ring. }
  assert (E : forall s, 0 <= s <= h ->
    Rabs (D0 (t + s) - D0 (t - s) - 2 * D1 t * s) <= 2 * M3 / INR 1 / INR 2 / INR 3 * s ^ 3).
  { apply (integrated_bound _ (fun s => D1 (t + s) + D1 (t - s) - 2 * D1 t)); [| |exact B].
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D0 D1 s C0 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ (derive_minus _ _ s _ _ P N)
        (derive_scal _ s _ (derive_id s) (2 * D1 t))). ring. }
  specialize (E h ltac:(lra)). simpl INR in E.
  replace (D0 (t + h) - D0 (t - h) - 2 * h * D1 t) with (D0 (t + h) - D0 (t - h) - 2 * D1 t * h) by ring.
  replace (M3 / 3 * h ^ 3) with (2 * M3 / 1 / (1 + 1) / (1 + 1 + 1) * h ^ 3) by field. exact E.
Qed.

(* |D0(t+h) - 2 D0(t) + D0(t-h) - h^2 D2(t)| <= M4 h^4/12 *)
Lemma second_difference : Rabs (D0 (t + h) - 2 * D0 t + D0 (t - h) - h ^ 2 * D2 t) <= M4 / 12 * h ^ 4.
Proof.
  assert (A : forall s, 0 <= s <= h -> Rabs (D3 (t + s) - D3 (t - s)) <= 2 * M4 / INR 1 * s ^ 1).
  { apply (integrated_bound _ (fun s => D4 (t + s) + D4 (t - s))).
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D3 D4 s C3 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ P N). ring.
    - intros s Hs. now apply even_bound. }
  assert (B : forall s, 0 <= s <= h -> Rabs (D2 (t + s) + D2 (t - s) - 2 * D2 t) <= 2 * M4 / INR 1 / INR 2 * s ^ 2).
  { apply (integrated_bound _ (fun s => D3 (t + s) - D3 (t - s))); [| |exact A].
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D2 D3 s C2 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ (derive_plus _ _ s _ _ P N) (derive_const _ s)). ring. }
  assert (E : forall s, 0 <= s <= h ->
    Rabs (D1 (t + s) - D1 (t - s) - 2 * D2 t * s) <= 2 * M4 / INR 1 / INR 2 / INR 3 * s ^ 3).
  { apply (integrated_bound _ (fun s => D2 (t + s) + D2 (t - s) - 2 * D2 t)); [| |exact B].
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D1 D2 s C1 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ (derive_minus _ _ s _ _ P N)
        (derive_scal _ s _ (derive_id s) (2 * D2 t))). ring. }
  assert (F : forall s, 0 <= s <= h -> Rabs (D0 (t + s) + D0 (t - s) - 2 * D0 t - D2 t * s ^ 2)
    <= 2 * M4 / INR 1 / INR 2 / INR 3 / INR 4 * s ^ 4).
  { apply (integrated_bound _ (fun s => D1 (t + s) - D1 (t - s) - 2 * D2 t * s)); [| |exact E].
    - rewrite Rplus_0_r, Rminus_0_r. ring.
    - intros s Hs. destruct (ahead_behind D0 D1 s C0 Hs) as [P N].
      apply derive_eq with (1 := derive_minus _ _ s _ _ (derive_minus _ _ s _ _ (derive_plus _ _ s _ _ P N)
        (derive_const _ s)) (derive_scal _ s _ (derive_square (fun q => q) s 1 (derive_id s)) (D2 t))). ring. }
  specialize (F h ltac:(lra)). simpl INR in F.
  replace (D0 (t + h) - 2 * D0 t + D0 (t - h) - h ^ 2 * D2 t)
    with (D0 (t + h) + D0 (t - h) - 2 * D0 t - D2 t * h ^ 2) by ring.
  replace (M4 / 12 * h ^ 4) with (2 * M4 / 1 / (1 + 1) / (1 + 1 + 1) / (1 + 1 + 1 + 1) * h ^ 4) by field. exact F.
Qed.
End Taylor.
