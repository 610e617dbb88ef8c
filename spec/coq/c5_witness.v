(* C5's hypotheses hold together: two steps whose noise is the sign of one of two fair coins each. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums a3_quadratic c5_linear_drift.
Open Scope R_scope.

Definition coins := (bool * bool)%type.
Definition mean (X : coins -> R) : R := (X (true, true) + X (true, false) + X (false, true) + X (false, false)) / 4.
Definition side (b : bool) : R := if b then 1 else -1.
Definition coin (n : nat) (w : coins) : R := side (match n with O => fst w | _ => snd w end).

Lemma mean_is_expectation : expectation mean.
Proof. split; intros; unfold mean; [rewrite !H; reflexivity|field|field|field]. Qed.

Fixpoint state (curvature : nat -> coins -> R) (force : nat -> coins -> R) (lam a h : R) (n : nat) (w : coins) : R * R :=
  match n with
  | O => (1, 0)
  | S k => let (x, z) := state curvature force lam a h k w in
           let z' := lam * z - curvature k w * (x + h * a * z) + force k w in (x + h * z', z')
  end.

Lemma state_next c g lam a h n w :
  snd (state c g lam a h (S n) w)
    = lam * snd (state c g lam a h n w)
      - c n w * (fst (state c g lam a h n w) + h * a * snd (state c g lam a h n w)) + g n w /\
  fst (state c g lam a h (S n) w) = fst (state c g lam a h n w) + h * snd (state c g lam a h (S n) w).
Proof. simpl. destruct (state c g lam a h n w). split; reflexivity. Qed.

(* curvature 1 +- 1/2, d = 1 *)
Lemma c5_mean_witness (lam a h : R) :
  let c := fun n w => 1 + / 2 * coin n w in
  let u := fun n w => fst (state c coin lam a h n w) in
  let v := fun n w => snd (state c coin lam a h n w) in
  forall n, (n < 2)%nat ->
    mean (v (S n)) = lam * mean (v n) - (mean (u n) + h * a * mean (v n)) /\
    mean (u (S n)) = mean (u n) + h * mean (v (S n)).
Proof.
  intros c u v n Hn.
  destruct (c5_mean mean mean_is_expectation 1 2 lam a h (fun _ _ => 1) (fun k _ _ => c k) (fun k _ => coin k)
    (fun k _ => u k) (fun k _ => v k)) with (n := n) (i := O) as [V U]; try exact Hn.
  - intros k i j Hk. unfold u, c, mean, coin. destruct k as [|[|k]]; [| |lia]; simpl; field.
  - intros k i j Hk. unfold v, c, mean, coin. destruct k as [|[|k]]; [| |lia]; simpl; field.
  - intros k i Hk. unfold mean, coin. destruct k as [|[|k]]; [| |lia]; simpl; field.
  - intros k i w Hk. unfold total. rewrite Rplus_0_l. apply state_next.
  - split; [|exact U]. rewrite V. unfold total. ring.
Qed.

Lemma c5_variance_witness (lam a h q sigma : R) :
  let u := fun n w => fst (state (fun _ _ => q) (fun n w => sigma * coin n w) lam a h n w) in
  let ubar := fun n => fst (state (fun _ _ => q) (fun _ _ => 0) lam a h n (true, true)) in
  forall n, (n <= 2)%nat -> mean (fun w => (u n w - ubar n) ^ 2)
    = h ^ 2 * sigma ^ 2 * total n (fun j => response (root_sum lam a (h * q)) (root_product lam a (h * q)) j ^ 2).
Proof.
  intros u ubar n Hn.
  refine (proj2 (c5_variance mean 2 lam a h q sigma coin u
    (fun n w => snd (state (fun _ _ => q) (fun n w => sigma * coin n w) lam a h n w)) ubar
    (fun n => snd (state (fun _ _ => q) (fun _ _ => 0) lam a h n (true, true))) mean_is_expectation _ _ _ _ _ n Hn)).
  - intros i Hi. unfold mean, coin. destruct i as [|[|i]]; [| |lia]; simpl; field.
  - intros i j Hi Hj. unfold mean, coin. destruct i as [|[|i]], j as [|[|j]]; try lia; simpl; field.
  - intros w. split; reflexivity.
  - intros k w _. apply state_next.
  - intros k _. destruct (state_next (fun _ _ => q) (fun _ _ => 0) lam a h k (true, true)) as [V U].
    split; [exact (eq_trans V (Rplus_0_r _))|exact U].
Qed.

(* lam = .9, h = 1/256, q = 5, sigma = 1/4, heavy ball *)
Lemma c5_stationary_witness :
  is_lim_seq (fun n => (/ 256) ^ 2 * (/ 4) ^ 2
      * total n (fun j => response (root_sum (9 / 10) 0 (/ 256 * 5)) (root_product (9 / 10) 0 (/ 256 * 5)) j ^ 2))
    (/ 256 * (/ 4) ^ 2 / 5 * (1 + 9 / 10 - 0 * (/ 256 * 5))
       / ((1 - 9 / 10 + 0 * (/ 256 * 5)) * (2 * (1 + 9 / 10) - / 256 * 5 * (1 + 2 * 0)))).
Proof. apply (c5_stationary_variance (9 / 10) 0 (/ 256) 5 (/ 4)); lra. Qed.
