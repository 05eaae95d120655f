(* What a reader would state by hand, in the words of Coq's standard library and of Coquelicot, without a definition of
   ours: sum_n_m f 1 K is the sum from 1 to K, and a product is a fold over a list. Each follows in a few lines from a
   theorem that is exported from the catalogue. *)
From Coq Require Import Reals List Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Laws Cross_entropy Softmax.
Open Scope R_scope.

Lemma sum_is n f : sum_n_m f 1 n = bigsum n f.
Proof.
  induction n; simpl; [rewrite sum_n_m_zero by lia; reflexivity|].
  rewrite sum_n_Sm by lia. rewrite IHn. reflexivity.
Qed.
Lemma prod_is n f : fold_right Rmult 1 (map f (seq 1 n)) = bigprod n f.
Proof.
  assert (G : forall l c, fold_right Rmult c l = fold_right Rmult 1 l * c) by (induction l; intros; simpl; [|rewrite IHl]; ring).
  induction n; [reflexivity|]. rewrite seq_S, map_app, fold_right_app, G, IHn. simpl. ring.
Qed.
(* the cross-entropy of labels y and the softmax of logits z, written out *)
Lemma loss_is K y z :
  - sum_n_m (fun k => y k * ln (exp (z k) / sum_n_m (fun l => exp (z l)) 1 K)) 1 K =
  cross_entropy_cross_entropy K y (softmax_probability K z).
Proof.
  rewrite sum_is. unfold cross_entropy_cross_entropy. f_equal. apply bigsum_ext. intros k _.
  rewrite sum_is. apply (f_equal (fun u => y k * ln u)), Rmult_comm.
Qed.
Lemma softmax_is K z k : softmax_probability K z k = exp (z k) / sum_n_m (fun l => exp (z l)) 1 K.
Proof. rewrite sum_is. apply Rmult_comm. Qed.

Theorem gradient_of_softmax (K m : nat) (y z : nat -> R) :
  (1 <= m <= K)%nat -> sum_n_m y 1 K = 1 ->
  let loss z := - sum_n_m (fun k => y k * ln (exp (z k) / sum_n_m (fun l => exp (z l)) 1 K)) 1 K in
  is_derive (fun t => loss (fun k => if Nat.eq_dec k m then t else z k)) (z m)
    (exp (z m) / sum_n_m (fun l => exp (z l)) 1 K - y m).
Proof.
  intros Hm Hy loss. rewrite sum_is in Hy. rewrite <- softmax_is.
  replace (_ - _) with (- y m + softmax_probability K z m) by ring.
  apply is_derive_ext with (2 := softmax_gradient_derived K m y z ltac:(lia) Hm Hy).
  intros t. symmetry. apply loss_is.
Qed.

(* The slope exists everywhere, by the theorem before. *)
Theorem hessian_of_softmax (K l m : nat) (y z : nat -> R) :
  (1 <= l <= K)%nat -> (1 <= m <= K)%nat -> sum_n_m y 1 K = 1 ->
  let loss z := - sum_n_m (fun k => y k * ln (exp (z k) / sum_n_m (fun l => exp (z l)) 1 K)) 1 K in
  let s k := exp (z k) / sum_n_m (fun l => exp (z l)) 1 K in
  let change z j t := fun k : nat => if Nat.eq_dec k j then t else z k in
  let slope z := Derive (fun t => loss (change z m t)) (z m) in
  is_derive (fun t => slope (change z l t)) (z l) (s m * ((if Nat.eq_dec l m then 1 else 0) - s l)).
Proof.
  intros Hl Hm Hy loss s change slope. rewrite sum_is in Hy. unfold s. rewrite <- !softmax_is.
  replace (_ * _) with ((- softmax_probability K z l + delta l m) * softmax_probability K z m) by (unfold delta; ring).
  apply is_derive_ext with (2 := proj2 (softmax_hessian_derived K l m y z ltac:(lia) Hm Hy Hl)).
  intros t. apply Derive_ext. intros u. symmetry. apply loss_is.
Qed.

Theorem inequality_of_gibbs (K : nat) (p q : nat -> R) :
  (1 <= K)%nat -> (forall k, (1 <= k <= K)%nat -> 0 <= q k <= 1) -> (forall k, (1 <= k <= K)%nat -> 0 < p k <= 1) ->
  sum_n_m q 1 K = 1 -> sum_n_m p 1 K = 1 ->
  0 <= sum_n_m (fun k => q k * ln (q k / p k)) 1 K.
Proof.
  intros HK Hq Hp Sq Sp. rewrite sum_is in *.
  assert (G := cross_entropy_gibbs_derived K p q HK (fun k Hk _ => proj1 (Hp k Hk)) Sq Sp).
  replace (bigsum _ _) with (cross_entropy_kl_divergence K q p).
  - apply G; auto. intros k Hk. specialize (Hp k Hk). lra.
  - apply bigsum_ext. intros k _. apply (f_equal (fun u => q k * ln u)), Rmult_comm.
Qed.

(* minus the mean logarithm of the likelihood of n independent labels is their mean cross-entropy *)
Theorem likelihood_to_cross_entropy (K n : nat) (p y : nat -> nat -> R) :
  (1 <= K)%nat -> (1 <= n)%nat ->
  (forall i k, (1 <= i <= n)%nat -> (1 <= k <= K)%nat -> 0 < p i k) ->
  (forall i k, (1 <= i <= n)%nat -> (1 <= k <= K)%nat -> 0 <= y i k) ->
  let product n f := fold_right Rmult 1 (map f (seq 1 n)) in
  - (ln (product n (fun i => product K (fun k => Rpower (p i k) (y i k)))) / INR n) =
  sum_n_m (fun i => - sum_n_m (fun k => y i k * ln (p i k)) 1 K) 1 n / INR n.
Proof.
  intros HK Hn Hp Hy product. unfold product. rewrite prod_is, sum_is.
  assert (G := cross_entropy_mean_nll_derived K n p y HK Hn (fun i Hi k Hk _ => Hp i k Hi Hk)
    (fun i Hi k Hk => Hy i k Hi Hk) (fun i Hi k Hk => Rlt_le _ _ (Hp i k Hi Hk))).
  unfold Rdiv. rewrite 2!(Rmult_comm _ (/ INR n)).
  rewrite (bigprod_ext n _ (fun i => bigprod K (fun k => rpow (p i k) (y i k)))).
  - rewrite G. f_equal. apply bigsum_ext. intros. rewrite sum_is. reflexivity.
  - intros i Hi. rewrite prod_is. apply bigprod_ext. intros k Hk. symmetry. apply rpow_Rpower. auto.
Qed.
