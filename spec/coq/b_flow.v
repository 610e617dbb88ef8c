(* The second-order flow lambda w'' + w' + grad F(w) = 0 of a diagonal network, w = (u,v), F(u,v) = loss(u*v),
   for t >= 0, and its equations in w_+ = u+v, w_- = u-v: lambda w'' + w' = -g w_+, +g w_-. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network.
Open Scope R_scope.

Definition theta_at (u v : nat -> R -> R) (t : R) : vector := fun i => u i t * v i t.

Section Flow.
Variables (d n : nat) (X : nat -> vector) (y s : vector) (lambda : R).

Definition flow_gradient (u v : nat -> R -> R) (i : nat) (t : R) : R := gradient d n X y s (theta_at u v t) i.

(* u' = du, v' = dv;  lambda du' + du + v_i g_i = 0,  lambda dv' + dv + u_i g_i = 0 *)
Definition network_flow (u v du dv : nat -> R -> R) : Prop :=
  forall i t, (i < d)%nat -> 0 <= t -> let g := flow_gradient u v i t in
    is_derive (u i) t (du i t) /\ is_derive (du i) t (- (du i t + v i t * g) / lambda) /\
    is_derive (v i) t (dv i t) /\ is_derive (dv i) t (- (dv i t + u i t * g) / lambda).
End Flow.

(* lambda w'' + w' = c w, w' = dw *)
Definition signed_flow (lambda : R) (c w dw : R -> R) : Prop :=
  forall t, 0 <= t -> is_derive w t (dw t) /\ is_derive dw t ((c t * w t - dw t) / lambda).

Definition sum_path (u v : nat -> R -> R) (i : nat) (t : R) : R := u i t + v i t.
Definition difference_path (u v : nat -> R -> R) (i : nat) (t : R) : R := u i t - v i t.

Lemma flow_in_w d n X y s lambda u v du dv i : lambda <> 0 -> (i < d)%nat ->
  network_flow d n X y s lambda u v du dv ->
  let g := flow_gradient d n X y s u v i in
  signed_flow lambda (fun t => - g t) (sum_path u v i) (sum_path du dv i) /\
  signed_flow lambda g (difference_path u v i) (difference_path du dv i).
Proof.
  intros Hl Hi F g.
  split; intros t Ht; destruct (F i t Hi Ht) as (Du & Ddu & Dv & Ddv); fold (g t) in Ddu, Ddv.
  - split; [exact (derive_plus _ _ t _ _ Du Dv)|].
    apply derive_eq with (1 := derive_plus _ _ t _ _ Ddu Ddv). unfold sum_path. field. exact Hl.
  - split; [exact (derive_minus _ _ t _ _ Du Dv)|].
    apply derive_eq with (1 := derive_minus _ _ t _ _ Ddu Ddv). unfold difference_path. field. exact Hl.
Qed.

(* theta = (w_+^2 - w_-^2)/4 *)
Lemma theta_of_paths u v i t :
  theta_at u v t i = (sum_path u v i t ^ 2 - difference_path u v i t ^ 2) / 4.
Proof. unfold theta_at, sum_path, difference_path. field. Qed.
