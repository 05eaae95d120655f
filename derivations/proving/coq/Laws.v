(* Laws: one lemma per rule of the catalogue. Sums run over nat from 1 to n. *)
From Coq Require Export Reals Lra Lia Psatz Arith FunctionalExtensionality.
From Coquelicot Require Export Coquelicot.
Open Scope R_scope.

Fixpoint bigsum (n : nat) (f : nat -> R) : R := match n with O => 0 | S m => bigsum m f + f (S m) end.
Fixpoint bigprod (n : nat) (f : nat -> R) : R := match n with O => 1 | S m => bigprod m f * f (S m) end.
Definition delta (i j : nat) : R := if Nat.eq_dec i j then 1 else 0.
(* real power with 0^0 = 1 and 0^b = 0: stdlib's Rpower 0 1 is exp (ln 0) = 1, which is false in the catalogue's meaning *)
Definition rpow (a b : R) : R := if Req_EM_T a 0 then (if Req_EM_T b 0 then 1 else 0) else Rpower a b.
Definition upd (z : nat -> R) (m : nat) (t : R) : nat -> R := fun k => if Nat.eq_dec k m then t else z k.
Definition upd2 (z : nat -> nat -> R) (j m : nat) (t : R) : nat -> nat -> R :=
  fun i k => if Nat.eq_dec i j then (if Nat.eq_dec k m then t else z i k) else z i k.

(* ---- sums ---- *)
Lemma bigsum_ext n f g : (forall i, (1 <= i <= n)%nat -> f i = g i) -> bigsum n f = bigsum n g.
Proof. induction n; intros H; simpl; auto. rewrite IHn, H; auto; try lia. intros; apply H; lia. Qed.
Lemma bigprod_ext n f g : (forall i, (1 <= i <= n)%nat -> f i = g i) -> bigprod n f = bigprod n g.
Proof. induction n; intros H; simpl; auto. rewrite IHn, H; auto; try lia. intros; apply H; lia. Qed.
Lemma bigsum_plus n f g : bigsum n (fun i => f i + g i) = bigsum n f + bigsum n g.
Proof. induction n; simpl; [ring|rewrite IHn; ring]. Qed.
Lemma bigsum_opp n f : bigsum n (fun i => - f i) = - bigsum n f.
Proof. induction n; simpl; [ring|rewrite IHn; ring]. Qed.
Lemma bigsum_scal n c f : bigsum n (fun i => c * f i) = c * bigsum n f.
Proof. induction n; simpl; [ring|rewrite IHn; ring]. Qed.
Lemma bigsum_scal_r n c f : bigsum n (fun i => f i * c) = bigsum n f * c.
Proof. induction n; simpl; [ring|rewrite IHn; ring]. Qed.
Lemma bigsum_const n c : bigsum n (fun _ => c) = INR n * c.
Proof. induction n; [simpl; ring|]. rewrite S_INR; simpl bigsum; rewrite IHn; ring. Qed.
Lemma bigsum_zero n f : (forall i, (1 <= i <= n)%nat -> f i = 0) -> bigsum n f = 0.
Proof. intros H; rewrite (bigsum_ext n f (fun _ => 0)); auto. rewrite bigsum_const; ring. Qed.
Lemma bigsum_swap n m f : bigsum n (fun i => bigsum m (fun k => f i k)) = bigsum m (fun k => bigsum n (fun i => f i k)).
Proof. induction n; simpl. - symmetry; apply bigsum_zero; auto. - rewrite IHn, <- bigsum_plus; reflexivity. Qed.
Lemma bigprod_mult n f g : bigprod n (fun i => f i * g i) = bigprod n f * bigprod n g.
Proof. induction n; simpl; [ring|rewrite IHn; ring]. Qed.
Lemma bigprod_one n f : (forall i, (1 <= i <= n)%nat -> f i = 1) -> bigprod n f = 1.
Proof. induction n; intros H; simpl; auto. rewrite IHn, H; try lia; try ring. intros; apply H; lia. Qed.
Lemma bigprod_swap n m f : bigprod n (fun i => bigprod m (fun k => f i k)) = bigprod m (fun k => bigprod n (fun i => f i k)).
Proof. induction n; simpl. - symmetry; apply bigprod_one; auto. - rewrite IHn, <- bigprod_mult; reflexivity. Qed.
Lemma delta_eq i : delta i i = 1. Proof. unfold delta; destruct (Nat.eq_dec i i); congruence. Qed.
Lemma delta_neq i j : i <> j -> delta i j = 0. Proof. unfold delta; destruct (Nat.eq_dec i j); congruence. Qed.
Lemma delta_sym i j : delta i j = delta j i.
Proof. unfold delta; destruct (Nat.eq_dec i j), (Nat.eq_dec j i); congruence. Qed.
Lemma bigsum_one_term n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> i <> j -> f i = 0) -> bigsum n f = f j.
Proof.
  induction n; intros Hj H; [lia|]. simpl. destruct (Nat.eq_dec j (S n)) as [->|].
  - rewrite bigsum_zero; [ring|]. intros; apply H; lia.
  - rewrite (H (S n)), IHn; try lia; [ring|]. intros; apply H; lia.
Qed.
Lemma bigprod_one_term n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> i <> j -> f i = 1) -> bigprod n f = f j.
Proof.
  induction n; intros Hj H; [lia|]. simpl. destruct (Nat.eq_dec j (S n)) as [->|].
  - rewrite bigprod_one; [ring|]. intros; apply H; lia.
  - rewrite (H (S n)), IHn; try lia; [ring|]. intros; apply H; lia.
Qed.
Lemma bigsum_take_out n j f : (1 <= j <= n)%nat -> bigsum n f = f j + bigsum n (fun k => (1 - delta k j) * f k).
Proof.
  intros H. replace (f j) with (bigsum n (fun k => delta k j * f k)).
  - rewrite <- bigsum_plus; apply bigsum_ext; intros; ring.
  - rewrite (bigsum_one_term n j); auto. rewrite delta_eq; ring. intros; rewrite delta_neq; auto; ring.
Qed.
Lemma rest_of_sum n j f : (1 <= j <= n)%nat -> bigsum n f = 1 -> 1 + - bigsum n (fun k => (1 + - delta j k) * f k) = f j.
Proof.
  intros Hj H. rewrite (bigsum_take_out n j f Hj) in H.
  rewrite (bigsum_ext n _ (fun k => (1 - delta k j) * f k)) by (intros; rewrite (delta_sym j); ring). lra.
Qed.
(* ---- order ---- *)
Lemma bigsum_le n f g : (forall i, (1 <= i <= n)%nat -> f i <= g i) -> bigsum n f <= bigsum n g.
Proof. induction n; intros H; simpl; [lra|]. apply Rplus_le_compat; [apply IHn; intros|]; apply H; lia. Qed.
Lemma bigsum_nonneg n f : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 <= bigsum n f.
Proof. induction n; intros H; simpl; [lra|]. apply Rplus_le_le_0_compat; [apply IHn; intros|]; apply H; lia. Qed.
Lemma bigsum_pos n f : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < bigsum n f.
Proof.
  induction n; intros Hn H; [lia|]. simpl. apply Rplus_le_lt_0_compat; [apply bigsum_nonneg; intros; apply Rlt_le|]; apply H; lia.
Qed.
Lemma bigprod_pos n f : (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < bigprod n f.
Proof. induction n; intros H; simpl; [lra|]. apply Rmult_lt_0_compat; [apply IHn; intros|]; apply H; lia. Qed.
Lemma bigsum_keep n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> f j <= bigsum n f.
Proof.
  intros Hj H; rewrite (bigsum_take_out n j f Hj).
  assert (0 <= bigsum n (fun k => (1 - delta k j) * f k)); [|lra].
  apply bigsum_nonneg; intros; apply Rmult_le_pos; auto. unfold delta; destruct (Nat.eq_dec i j); lra.
Qed.
Lemma bigprod_nonneg n f : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 <= bigprod n f.
Proof. induction n; intros H; simpl; [lra|]. apply Rmult_le_pos; [apply IHn; intros|]; apply H; lia. Qed.
Lemma bigprod_le n f g : (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> (forall i, (1 <= i <= n)%nat -> f i <= g i) ->
  bigprod n f <= bigprod n g.
Proof.
  induction n; intros H0 H; simpl; [lra|]. apply Rmult_le_compat.
  - apply bigprod_nonneg; intros; apply H0; lia.
  - apply H0; lia.
  - apply IHn; intros; [apply H0|apply H]; lia.
  - apply H; lia.
Qed.
Lemma bigprod_unit n f : (forall i, (1 <= i <= n)%nat -> 0 <= f i <= 1) -> 0 <= bigprod n f <= 1.
Proof.
  intros H; split; [apply bigprod_nonneg; intros; apply H; assumption|].
  rewrite <- (bigprod_one n (fun _ => 1)); auto. apply bigprod_le; intros; apply H; assumption.
Qed.
Lemma bigprod_keep n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 <= f i <= 1) -> bigprod n f <= f j.
Proof.
  induction n; intros Hj H; [lia|]. simpl. assert (U : 0 <= bigprod n f <= 1) by (apply bigprod_unit; intros; apply H; lia).
  assert (V : 0 <= f (S n) <= 1) by (apply H; lia). destruct (Nat.eq_dec j (S n)) as [->|N].
  - rewrite <- (Rmult_1_l (f (S n))) at 2. apply Rmult_le_compat_r; lra.
  - assert (W : bigprod n f <= f j) by (apply IHn; [lia|intros; apply H; lia]).
    rewrite <- (Rmult_1_r (f j)). apply Rmult_le_compat; lra.
Qed.
(* ---- logarithms, exponentials, powers ---- *)
Lemma ln_bigprod n f : (forall i, (1 <= i <= n)%nat -> 0 < f i) -> ln (bigprod n f) = bigsum n (fun i => ln (f i)).
Proof.
  induction n; intros H; simpl; [apply ln_1|]. rewrite ln_mult, IHn; auto. intros; apply H; lia.
  apply bigprod_pos; intros; apply H; lia. apply H; lia.
Qed.
Lemma rpow_Rpower a b : 0 < a -> rpow a b = Rpower a b.
Proof. intros; unfold rpow; destruct (Req_EM_T a 0); auto; lra. Qed.
Lemma rpow_pos a b : 0 < a -> 0 < rpow a b.
Proof. intros; rewrite rpow_Rpower; auto; apply exp_pos. Qed.
Lemma rpow_nonneg a b : 0 <= a -> 0 <= rpow a b.
Proof. intros; unfold rpow; destruct (Req_EM_T a 0), (Req_EM_T b 0); try lra; apply Rlt_le, exp_pos. Qed.
Lemma ln_rpow a b : 0 < a -> ln (rpow a b) = b * ln a.
Proof. intros; rewrite rpow_Rpower; auto; apply ln_exp. Qed.
Lemma rpow_0 a : rpow a 0 = 1.
Proof. unfold rpow; destruct (Req_EM_T a 0), (Req_EM_T 0 0); try lra. unfold Rpower; rewrite Rmult_0_l; apply exp_0. Qed.
Lemma rpow_1 a : 0 <= a -> rpow a 1 = a.
Proof. intros; unfold rpow; destruct (Req_EM_T a 0), (Req_EM_T 1 0); try lra. apply Rpower_1; lra. Qed.
Lemma rpow_1_l b : rpow 1 b = 1.
Proof. rewrite rpow_Rpower by lra. unfold Rpower; rewrite ln_1, Rmult_0_r; apply exp_0. Qed.
Lemma rpow_plus a b c : 0 < a -> rpow a (b + c) = rpow a b * rpow a c.
Proof. intros; rewrite !rpow_Rpower; auto; apply Rpower_plus. Qed.
Lemma bigprod_exp n f : bigprod n (fun i => exp (f i)) = exp (bigsum n f).
Proof. induction n; simpl; [symmetry; apply exp_0|]. rewrite IHn, exp_plus; reflexivity. Qed.
Lemma bigprod_rpow n a f : 0 < a -> bigprod n (fun i => rpow a (f i)) = rpow a (bigsum n f).
Proof. intros Ha; induction n; simpl; [rewrite rpow_0; auto|]. rewrite IHn, rpow_plus; auto. Qed.
(* labels not negative: also at a = 0 *)
Lemma bigprod_rpow0 n a f : 0 <= a -> (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> bigprod n (fun i => rpow a (f i)) = rpow a (bigsum n f).
Proof.
  intros Ha; destruct (Req_EM_T a 0) as [->|]; [|intros; apply bigprod_rpow; lra].
  induction n; intros H; simpl; [rewrite rpow_0; auto|]. rewrite IHn by (intros; apply H; lia).
  assert (0 <= bigsum n f) by (apply bigsum_nonneg; intros; apply H; lia). assert (0 <= f (S n)) by (apply H; lia).
  unfold rpow; repeat destruct Req_EM_T; try lra; exfalso; lra.
Qed.
Lemma exp_convex b x : 0 <= b <= 1 -> exp (b * x) <= 1 - b * (1 - exp x).
Proof.
  intros Hb. assert (T : forall u v, exp v * (1 + (u - v)) <= exp u).
  { intros u v. replace u with (v + (u - v)) at 2 by ring. rewrite exp_plus. apply Rmult_le_compat_l; [left; apply exp_pos|apply exp_ineq1_le]. }
  assert (T1 := T x (b * x)). assert (T0 := T 0 (b * x)). rewrite exp_0 in T0.
  assert (b * (exp (b * x) * (1 + (x - b * x))) <= b * exp x) by (apply Rmult_le_compat_l; lra).
  assert ((1 - b) * (exp (b * x) * (1 + (0 - b * x))) <= (1 - b) * 1) by (apply Rmult_le_compat_l; lra).
  replace (exp (b * x)) with (b * (exp (b * x) * (1 + (x - b * x))) + (1 - b) * (exp (b * x) * (1 + (0 - b * x)))) by ring. lra.
Qed.
Lemma rpow_tangent a b : 0 <= a -> 0 <= b <= 1 -> rpow a b <= 1 - b * (1 - a).
Proof.
  intros Ha Hb. destruct (Req_EM_T a 0) as [->|N].
  - unfold rpow. destruct (Req_EM_T 0 0); [|lra]. destruct (Req_EM_T b 0) as [->|]; lra.
  - rewrite rpow_Rpower by lra. unfold Rpower. assert (H := exp_convex b (ln a) Hb). rewrite exp_ln in H by lra. exact H.
Qed.
Lemma rpow_unit a b : 0 <= a <= 1 -> 0 <= b -> 0 <= rpow a b <= 1.
Proof.
  intros Ha Hb. split; [apply rpow_nonneg; lra|]. destruct (Req_EM_T a 0) as [->|N].
  - unfold rpow. destruct (Req_EM_T 0 0); [|lra]. destruct (Req_EM_T b 0); lra.
  - rewrite rpow_Rpower by lra. unfold Rpower. rewrite <- exp_0. assert (L : ln a <= 0) by (rewrite <- ln_1; destruct (Req_EM_T a 1) as [->|]; [lra|left; apply ln_increasing; lra]).
    assert (b * ln a <= 0) by nra. destruct (Req_EM_T (b * ln a) 0) as [E|E]; [rewrite E; lra|left; apply exp_increasing; lra].
Qed.
Lemma sand_eq (a b c d : R) : a = b -> b = c -> c = d -> a = d. Proof. congruence. Qed.
Lemma weighted_mean_unit n w f : 0 < bigsum n w -> (forall i, (1 <= i <= n)%nat -> 0 <= w i) -> (forall i, (1 <= i <= n)%nat -> 0 <= f i <= 1) ->
  0 <= / bigsum n w * bigsum n (fun i => w i * f i) <= 1.
Proof.
  intros Hw H0 Hf. assert (0 < / bigsum n w) by (apply Rinv_0_lt_compat; assumption). split.
  - apply Rmult_le_pos; [lra|]. apply bigsum_nonneg; intros; apply Rmult_le_pos; [apply H0|apply Hf]; assumption.
  - apply Rmult_le_reg_l with (bigsum n w); [assumption|]. rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra.
    apply bigsum_le; intros. rewrite <- (Rmult_1_r (w i)) at 2. apply Rmult_le_compat_l; [apply H0; assumption|apply Hf; assumption].
Qed.
Lemma mean_unit n f : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 <= f i <= 1) -> 0 <= / INR n * bigsum n f <= 1.
Proof.
  intros Hn Hf. assert (0 < INR n) by (apply lt_0_INR; lia).
  replace (INR n) with (bigsum n (fun _ => 1)) by (rewrite bigsum_const; ring).
  replace (bigsum n f) with (bigsum n (fun i => 1 * f i)) by (apply bigsum_ext; intros; ring).
  apply weighted_mean_unit; auto. rewrite bigsum_const; lra. intros; lra.
Qed.
Lemma ratio_unit n w f : 0 < bigsum n w -> (forall i, (1 <= i <= n)%nat -> 0 <= f i <= w i) -> 0 <= / bigsum n w * bigsum n f <= 1.
Proof.
  intros Hw Hf. assert (0 < / bigsum n w) by (apply Rinv_0_lt_compat; assumption). split.
  - apply Rmult_le_pos; [lra|]. apply bigsum_nonneg; intros; apply Hf; assumption.
  - apply Rmult_le_reg_l with (bigsum n w); [assumption|]. rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra.
    apply bigsum_le; intros; apply Hf; assumption.
Qed.
Lemma ratio_sum n K w (f : nat -> nat -> R) : 0 < bigsum n w -> (forall i, (1 <= i <= n)%nat -> bigsum K (fun k => f i k) = w i) ->
  bigsum K (fun k => / bigsum n w * bigsum n (fun i => f i k)) = 1.
Proof.
  intros Hw Hf. rewrite (bigsum_scal K (/ bigsum n w) (fun k => bigsum n (fun i => f i k))), (bigsum_swap K n (fun k i => f i k)).
  rewrite (bigsum_ext n (fun i => bigsum K (fun k => f i k)) w) by exact Hf. apply Rinv_l; lra.
Qed.
Lemma mean_sum n K (f : nat -> nat -> R) : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> bigsum K (fun k => f i k) = 1) ->
  bigsum K (fun k => / INR n * bigsum n (fun i => f i k)) = 1.
Proof.
  intros Hn Hf. assert (0 < INR n) by (apply lt_0_INR; lia).
  rewrite (bigsum_scal K (/ INR n) (fun k => bigsum n (fun i => f i k))), (bigsum_swap K n (fun k i => f i k)).
  rewrite (bigsum_ext n (fun i => bigsum K (fun k => f i k)) (fun _ => 1)) by exact Hf. rewrite bigsum_const. field; lra.
Qed.
Lemma share_unit0 K m w : 0 < bigsum K w -> (1 <= m <= K)%nat -> (forall k, (1 <= k <= K)%nat -> 0 <= w k) -> 0 <= / bigsum K w * w m <= 1.
Proof.
  intros P Hm Hw. assert (0 < / bigsum K w) by (apply Rinv_0_lt_compat; exact P). split.
  - apply Rmult_le_pos; [lra|apply Hw, Hm].
  - apply Rmult_le_reg_l with (bigsum K w); [exact P|]. rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra.
    apply bigsum_keep; assumption.
Qed.
Lemma share_unit K m w : (1 <= m <= K)%nat -> (forall k, (1 <= k <= K)%nat -> 0 < w k) -> 0 <= / bigsum K w * w m <= 1.
Proof.
  intros Hm Hw. assert (P : 0 < bigsum K w) by (apply bigsum_pos; [lia|assumption]).
  assert (Q : 0 < / bigsum K w) by (apply Rinv_0_lt_compat; assumption). assert (M := Hw m Hm). split.
  - apply Rmult_le_pos; lra.
  - apply Rmult_le_reg_l with (bigsum K w); [assumption|]. rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra.
    apply (bigsum_keep K m w); auto. intros; left; auto.
Qed.
Lemma inv_below_one x : 0 < x -> 0 < / (1 + x) < 1.
Proof. intros H. split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_lt_contravar; lra. Qed.
Lemma inv_INR_unit K : (1 <= K)%nat -> 0 < / INR K <= 1.
Proof.
  intros H. assert (1 <= INR K) by (change 1 with (INR 1); apply le_INR; assumption). split; [apply Rinv_0_lt_compat; lra|].
  rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
Qed.
Lemma pos_share c x : 0 < c -> 0 < / c * x -> 0 < x.
Proof. intros Hc H. apply Rmult_lt_reg_l with (/ c); [apply Rinv_0_lt_compat; exact Hc|lra]. Qed.
Lemma pos_of_not_zero x : 0 <= x -> x <> 0 -> 0 < x.
Proof. intros [H|H] N; [exact H|]. exfalso; apply N; auto. Qed.
Lemma near_positive (f : R -> R) x : ex_derive f x -> 0 < f x -> locally x (fun t => 0 < f t).
Proof. intros D H. assert (C : continuous f x) by (apply (ex_derive_continuous f); exact D). apply (C (fun u => 0 < u)), (open_gt 0 (f x) H). Qed.
Lemma weight_le w a b : 0 <= w -> (0 < w -> a <= b) -> w * a <= w * b.
Proof. intros H0 H. destruct (Req_EM_T w 0) as [->|N]; [lra|]. apply Rmult_le_compat_l; [assumption|apply H; lra]. Qed.
Lemma bigsum_pos_one n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 < f j -> 0 < bigsum n f.
Proof. intros Hj H0 H. apply Rlt_le_trans with (f j); auto. apply (bigsum_keep n j f); auto. Qed.
(* two at least: one is left beside any *)
Lemma bigsum_pos_others n c f : (2 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < bigsum n (fun i => (1 + - delta i c) * f i).
Proof.
  intros Hn H. assert (D : forall i j, 0 <= 1 + - delta i j) by (intros; unfold delta; destruct Nat.eq_dec; lra).
  assert (Hj : exists j, (1 <= j <= n)%nat /\ j <> c) by (destruct (Nat.eq_dec c 1); [exists 2%nat|exists 1%nat]; lia).
  destruct Hj as [j [Hj N]]. apply (bigsum_pos_one n j); auto.
  - intros; apply Rmult_le_pos; [apply D|left; auto].
  - rewrite (delta_neq j c N). assert (P := H j Hj). lra.
Qed.
Lemma mean_pos_one n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 <= f i) -> 0 < f j -> 0 < / INR n * bigsum n f.
Proof.
  intros Hj H0 H. apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, lt_0_INR; lia|]. apply (bigsum_pos_one n j); auto.
Qed.
Lemma mean_below_one n j f : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> f i <= 1) -> f j < 1 -> / INR n * bigsum n f < 1.
Proof.
  intros Hj H1 H. assert (0 < INR n) by (apply lt_0_INR; lia).
  assert (P : 0 < / INR n * bigsum n (fun i => 1 - f i)).
  { apply (mean_pos_one n j); auto; [intros i Hi; specialize (H1 i Hi)|]; lra. }
  unfold Rminus in P. rewrite bigsum_plus, bigsum_const, bigsum_opp in P.
  replace (/ INR n * (INR n * 1 + - bigsum n f)) with (1 - / INR n * bigsum n f) in P by (field; lra). lra.
Qed.
Lemma exp_by_halves x : exp x = exp (1 * / 2 * x) * exp (1 * / 2 * x).
Proof. rewrite <- exp_plus; f_equal; field. Qed.
Lemma exp_opp_half x : exp (-1 * / 2 * x) = / exp (1 * / 2 * x).
Proof. rewrite <- exp_Ropp; f_equal; field. Qed.
Lemma exp_opp_by_halves x : exp (- x) = / (exp (1 * / 2 * x) * exp (1 * / 2 * x)).
Proof. rewrite <- exp_plus, <- exp_Ropp; f_equal; field. Qed.
Lemma ln_nonneg x : 1 <= x -> 0 <= ln x.
Proof. intros [H|<-]; [rewrite <- ln_1; left; apply ln_increasing; lra|rewrite ln_1; lra]. Qed.
Lemma sqrt_half a : 0 <= a -> rpow a (1 * / 2) * rpow a (1 * / 2) = a.
Proof.
  intros Ha. destruct (Req_EM_T a 0) as [->|N].
  - unfold rpow. destruct (Req_EM_T 0 0); [|lra]. destruct (Req_EM_T (1 * / 2) 0); lra.
  - rewrite <- rpow_plus by lra. replace (1 * / 2 + 1 * / 2) with 1 by field. apply rpow_1; lra.
Qed.
Lemma half_less a : 0 < a -> a * rpow a (-1 * / 2) = rpow a (1 * / 2).
Proof. intros H. rewrite <- (rpow_1 a) at 1 by lra. rewrite <- rpow_plus by lra. f_equal; field. Qed.
(* in Coq the logarithm of 0 is 0: so where it is negative, the number is positive *)
Lemma ln_of_0 : ln 0 = 0.
Proof. unfold ln. destruct (Rlt_dec 0 0) as [C|C]; [destruct (Rlt_irrefl 0 C)|reflexivity]. Qed.
Lemma pos_by_log c p e : 0 <= p -> c * ln p <= ln e -> 0 < e < 1 -> 0 < p.
Proof.
  intros [P|E] H [E0 E1]; [exact P|]. exfalso. assert (L : ln e < 0) by (rewrite <- ln_1; apply ln_increasing; assumption).
  rewrite <- E, ln_of_0, Rmult_0_r in H. lra.
Qed.
Lemma square_zero n w f j : (1 <= j <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < w i) -> bigsum n (fun i => w i * f i ^ 2) = 0 -> f j = 0.
Proof.
  intros Hj Hw H. assert (K0 : w j * f j ^ 2 <= 0).
  { rewrite <- H. apply (bigsum_keep n j (fun i => w i * f i ^ 2)); auto. intros. apply Rmult_le_pos; [left; auto|apply pow2_ge_0]. }
  assert (Wj := Hw j Hj). assert (Z : f j ^ 2 <= 0) by nra. assert (S0 := pow2_ge_0 (f j)). nra.
Qed.
Lemma square_zero2 n K w f i k : (1 <= i <= n)%nat -> (1 <= k <= K)%nat ->
  (forall j, (1 <= j <= n)%nat -> forall l, (1 <= l <= K)%nat -> 0 < w j l) ->
  bigsum n (fun j => bigsum K (fun l => w j l * f j l ^ 2)) = 0 -> f i k = 0.
Proof.
  intros Hi Hk Hw H. assert (N : forall j, (1 <= j <= n)%nat -> 0 <= bigsum K (fun l => w j l * f j l ^ 2)).
  { intros j Hj; apply bigsum_nonneg; intros; apply Rmult_le_pos; [left; auto|apply pow2_ge_0]. }
  assert (U := bigsum_keep n i (fun j => bigsum K (fun l => w j l * f j l ^ 2)) Hi N). cbv beta in U.
  apply (square_zero K (w i) (f i) k); auto. apply Rle_antisym; [lra|apply N; auto].
Qed.
Lemma bigprod_const n a : 0 <= a -> bigprod n (fun _ => a) = rpow a (bigsum n (fun _ => 1)).
Proof.
  intros Ha. rewrite <- (bigprod_rpow0 n a (fun _ => 1)); auto; [|intros; lra].
  apply bigprod_ext; intros; rewrite rpow_1; auto.
Qed.
Lemma rpow_is_one a b : (1 + - a) * b = 0 -> rpow a b = 1.
Proof. intros H. destruct (Rmult_integral _ _ H) as [E|E]; [replace a with 1 by lra; apply rpow_1_l|rewrite E; apply rpow_0]. Qed.
Lemma ln_tangent u : 0 < u -> ln u <= u - 1.
Proof. intros; generalize (exp_ineq1_le (ln u)); rewrite exp_ln; auto; lra. Qed.
Lemma ln_div' a b : 0 < a -> 0 < b -> ln (a * / b) = ln a - ln b.
Proof. intros; rewrite ln_mult; [rewrite ln_Rinv; auto; ring|auto|apply Rinv_0_lt_compat; auto]. Qed.
Lemma weighted_log a b : 0 <= a -> 0 < b -> a * ln b <= a * ln a + b - a.
Proof.
  intros Ha Hb; destruct (Req_EM_T a 0) as [->|]; [lra|]. assert (0 < a) by lra.
  assert (H1 := ln_tangent (b * / a)). rewrite ln_div' in H1 by auto.
  assert (0 < b * / a) by (apply Rmult_lt_0_compat; auto; apply Rinv_0_lt_compat; auto). specialize (H1 H0).
  apply (Rmult_le_compat_l a) in H1; [|lra]. replace (a * (b * / a - 1)) with (b - a) in H1 by (field; lra). lra.
Qed.
(* also with b = 0: in Coq ln 0 = 0, and the law then fails for 0 < a < 1; so b > 0 stays a hypothesis *)
(* ---- derivatives ---- *)
Lemma is_derive_bigsum n (f : nat -> R -> R) x df : (forall i, (1 <= i <= n)%nat -> is_derive (f i) x (df i)) ->
  is_derive (fun t => bigsum n (fun i => f i t)) x (bigsum n df).
Proof.
  induction n; intros H; simpl; [apply @is_derive_const|].
  apply @is_derive_plus; [apply IHn; intros|]; apply H; lia.
Qed.
Lemma Derive_bigsum n (f : nat -> R -> R) x : (forall i, (1 <= i <= n)%nat -> ex_derive (f i) x) ->
  Derive (fun t => bigsum n (fun i => f i t)) x = bigsum n (fun i => Derive (fun t => f i t) x).
Proof. intros H; apply is_derive_unique, is_derive_bigsum; intros; apply Derive_correct, H; auto. Qed.
(* the chain rule for a function of a number *)
Lemma Derive_through (f g : R -> R) x v : Derive f (g x) = v -> ex_derive f (g x) -> ex_derive g x ->
  Derive (fun t => f (g t)) x = v * Derive g x.
Proof. intros <- F G. rewrite (Derive_comp f g x F G). ring. Qed.
Lemma is_derive_upd z m k x : is_derive (fun t => upd z m t k) x (delta k m).
Proof. unfold upd, delta; destruct (Nat.eq_dec k m); [apply @is_derive_id|apply @is_derive_const]. Qed.
Lemma is_derive_upd2 z j m i k x : is_derive (fun t => upd2 z j m t i k) x (delta i j * delta k m).
Proof.
  unfold upd2, delta; destruct (Nat.eq_dec i j), (Nat.eq_dec k m); rewrite ?Rmult_0_l, ?Rmult_0_r, ?Rmult_1_l;
  [apply @is_derive_id|apply @is_derive_const|apply @is_derive_const|apply @is_derive_const].
Qed.
Lemma upd_same z m k : upd z m (z m) k = z k.
Proof. unfold upd; destruct (Nat.eq_dec k m); congruence. Qed.
Lemma upd2_same z j m i k : upd2 z j m (z j m) i k = z i k.
Proof. unfold upd2; destruct (Nat.eq_dec i j), (Nat.eq_dec k m); congruence. Qed.
Lemma D_plus f g x a b : is_derive f x a -> is_derive g x b -> is_derive (fun t => f t + g t) x (a + b).
Proof. intros; apply @is_derive_plus; auto. Qed.
Lemma D_opp f x a : is_derive f x a -> is_derive (fun t => - f t) x (- a).
Proof. intros; apply @is_derive_opp; auto. Qed.
Lemma D_minus f g x a b : is_derive f x a -> is_derive g x b -> is_derive (fun t => f t - g t) x (a - b).
Proof. intros; apply @is_derive_minus; auto. Qed.
Lemma D_mult f g x a b : is_derive f x a -> is_derive g x b -> is_derive (fun t => f t * g t) x (a * g x + f x * b).
Proof. intros; apply @is_derive_mult; auto. intros; apply Rmult_comm. Qed.
Lemma D_const c x : is_derive (fun _ => c) x 0. Proof. apply @is_derive_const. Qed.
Lemma D_id x : is_derive (fun t => t) x 1. Proof. apply @is_derive_id. Qed.
Lemma D_exp f x a : is_derive f x a -> is_derive (fun t => exp (f t)) x (exp (f x) * a).
Proof. intros; rewrite Rmult_comm. apply (is_derive_comp exp f); auto. apply is_derive_exp. Qed.
Lemma D_ln f x a : 0 < f x -> is_derive f x a -> is_derive (fun t => ln (f t)) x (/ f x * a).
Proof. intros; rewrite Rmult_comm. apply (is_derive_comp ln f); auto. apply is_derive_ln; auto. Qed.
Lemma D_inv f x a : f x <> 0 -> is_derive f x a -> is_derive (fun t => / f t) x (- a * / (f x * f x)).
Proof. intros; replace (- a * / (f x * f x)) with (- a / (f x) ^ 2) by (unfold Rdiv; simpl; rewrite Rmult_1_r; auto). apply is_derive_inv; auto. Qed.
(* the logarithm has a weight that may be 0 *)
Lemma D_weighted_ln c (g : R -> R) (x a : R) : 0 <= c -> 0 < g x -> is_derive g x a -> is_derive (fun t => c * ln (/ g t * c)) x (- (c * (/ g x * a))).
Proof.
  intros C G D. destruct (Req_EM_T c 0) as [->|N].
  - replace (- (0 * (/ g x * a))) with 0 by ring. apply (is_derive_ext (fun _ => 0)); [intros t; change (0 = 0 * ln (/ g t * 0)); ring|apply D_const].
  - apply (is_derive_ext_loc (fun t => c * (ln c + - ln (g t)))).
    + generalize (near_positive g x (ex_intro _ a D) G). apply filter_imp; intros t T.
      change (c * (ln c + - ln (g t)) = c * ln (/ g t * c)). rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; lra). ring.
    + replace (- (c * (/ g x * a))) with (0 * (ln c + - ln (g x)) + c * (0 + - (/ g x * a))) by ring.
      apply (D_mult (fun _ => c) (fun t => ln c + - ln (g t))); [apply D_const|].
      apply (D_plus (fun _ => ln c) (fun t => - ln (g t))); [apply D_const|].
      apply (D_opp (fun t => ln (g t))), D_ln; assumption.
Qed.
Lemma D_pow f x a n : is_derive f x a -> is_derive (fun t => (f t) ^ n) x (INR n * a * f x ^ (pred n)).
Proof. intros; apply is_derive_pow; auto. Qed.
Lemma D_rpow (f : R -> R) (x a c : R) : 0 < f x -> is_derive f x a -> is_derive (fun t => rpow (f t) c) x (c * / f x * a * rpow (f x) c).
Proof.
  intros Hf H. assert (Hc : continuous f x) by (apply (ex_derive_continuous f); eexists; exact H).
  apply is_derive_ext_loc with (fun t => exp (c * ln (f t))).
  - assert (L : locally x (fun t => 0 < f t)) by (apply (Hc (fun u => 0 < u)), (open_gt 0 (f x) Hf)).
    revert L; apply filter_imp; intros t Ht; rewrite rpow_Rpower by assumption; reflexivity.
  - rewrite rpow_Rpower by assumption. unfold Rpower.
    assert (E := D_exp (fun t => c * ln (f t)) x _ (D_mult (fun _ => c) (fun t => ln (f t)) x 0 (/ f x * a) (D_const c x) (D_ln f x a Hf H))).
    assert (V : exp (c * ln (f x)) * (0 * ln (f x) + c * (/ f x * a)) = c * / f x * a * exp (c * ln (f x))) by ring.
    rewrite <- V. exact E.
Qed.
Fixpoint dprod (n : nat) (f d : nat -> R) : R := match n with O => 0 | S m => dprod m f d * f (S m) + bigprod m f * d (S m) end.
Lemma is_derive_bigprod n (f : nat -> R -> R) x df : (forall i, (1 <= i <= n)%nat -> is_derive (f i) x (df i)) ->
  is_derive (fun t => bigprod n (fun i => f i t)) x (dprod n (fun i => f i x) df).
Proof.
  induction n; intros H; simpl; [apply @is_derive_const|].
  apply (D_mult (fun t => bigprod n (fun i => f i t)) (f (S n))); [apply IHn; intros|]; apply H; lia.
Qed.
Lemma ex_derive_bigprod n (f : nat -> R -> R) x : (forall i, (1 <= i <= n)%nat -> ex_derive (f i) x) ->
  ex_derive (fun t => bigprod n (fun i => f i t)) x.
Proof. intros H. eexists. apply is_derive_bigprod. intros; apply Derive_correct, H; auto. Qed.
Lemma ex_derive_dprod n (f d : nat -> R -> R) x : (forall i, (1 <= i <= n)%nat -> ex_derive (f i) x) ->
  (forall i, (1 <= i <= n)%nat -> ex_derive (d i) x) -> ex_derive (fun t => dprod n (fun i => f i t) (fun i => d i t)) x.
Proof.
  induction n; intros Hf Hd; simpl; [apply @ex_derive_const|].
  apply @ex_derive_plus; apply @ex_derive_mult; try apply Rmult_comm.
  - apply IHn; intros; [apply Hf|apply Hd]; lia.
  - apply Hf; lia.
  - apply ex_derive_bigprod; intros; apply Hf; lia.
  - apply Hd; lia.
Qed.
(* an open condition holds near the point: what Derive_ext_loc needs *)
Lemma near_all n (P : nat -> R -> Prop) (x : R) : (forall k, (1 <= k <= n)%nat -> locally x (P k)) ->
  locally x (fun t => forall k, (1 <= k <= n)%nat -> P k t).
Proof.
  induction n; intros H; [apply filter_forall; intros; lia|].
  assert (A : locally x (fun t => forall k, (1 <= k <= n)%nat -> P k t)) by (apply IHn; intros; apply H; lia).
  generalize (filter_and _ _ A (H (S n) ltac:(lia))). clear A. apply filter_imp.
  intros t [A B] k Hk. destruct (Nat.eq_dec k (S n)) as [->|N]; [exact B|apply A; lia].
Qed.
Lemma near_upd (P : R -> Prop) n z m : (forall x, P x -> locally x P) -> (forall i, (1 <= i <= n)%nat -> P (z i)) ->
  locally (z m) (fun t => forall i, (1 <= i <= n)%nat -> P (upd z m t i)).
Proof.
  intros HP H. destruct (le_dec 1 m); [destruct (le_dec m n)|].
  - generalize (HP _ (H m (conj l l0))); apply filter_imp; intros t Ht i Hi; unfold upd; destruct (Nat.eq_dec i m); auto.
  - apply filter_forall; intros t i Hi; unfold upd; destruct (Nat.eq_dec i m); [lia|auto].
  - apply filter_forall; intros t i Hi; unfold upd; destruct (Nat.eq_dec i m); [lia|auto].
Qed.
Lemma near_upd2 (P : R -> Prop) n K z j m : (forall x, P x -> locally x P) -> (forall i, (1 <= i <= n)%nat -> forall k, (1 <= k <= K)%nat -> P (z i k)) ->
  locally (z j m) (fun t => forall i, (1 <= i <= n)%nat -> forall k, (1 <= k <= K)%nat -> P (upd2 z j m t i k)).
Proof.
  intros HP H. destruct (le_dec 1 j); [destruct (le_dec j n); [destruct (le_dec 1 m); [destruct (le_dec m K)|]|]|].
  1: generalize (HP _ (H j (conj l l0) m (conj l1 l2))); apply filter_imp; intros t Ht i Hi k Hk; unfold upd2; destruct (Nat.eq_dec i j), (Nat.eq_dec k m); auto.
  all: apply filter_forall; intros t i Hi k Hk; unfold upd2; destruct (Nat.eq_dec i j), (Nat.eq_dec k m); try lia; auto.
Qed.
Lemma open_pos x : 0 < x -> locally x (fun t => 0 < t).
Proof. intros H. apply (open_gt 0 x H). Qed.
Lemma open_unit x : 0 < x < 1 -> locally x (fun t => 0 < t < 1).
Proof. intros [H1 H2]. apply filter_and; [apply (open_gt 0 x H1)|apply (open_lt 1 x H2)]. Qed.

(* ---- the chain rule through a function of a vector ---- *)
(* a function of a vector has a gradient at x: along every way through x it has the derivative that the gradient says;
   that its partial derivatives exist would not do *)
Record has_gradient (K : nat) (F : (nat -> R) -> R) (x d : nat -> R) : Prop := gradient {
  along : forall (g : nat -> R -> R) (dg : nat -> R) (t : R), (forall k, (1 <= k <= K)%nat -> is_derive (g k) t (dg k)) ->
    (forall k, g k t = x k) -> is_derive (fun u => F (fun k => g k u)) t (bigsum K (fun k => d k * dg k)) }.
Lemma G_entry K (x : nat -> R) m : (1 <= m <= K)%nat -> has_gradient K (fun z : nat -> R => z m) x (fun k => delta k m).
Proof.
  intros Hm; split; intros g dg t H _. rewrite (bigsum_one_term K m); auto.
  - rewrite delta_eq, Rmult_1_l. apply H, Hm.
  - intros i _ N. rewrite delta_neq by exact N. ring.
Qed.
Lemma G_const K (x : nat -> R) c : has_gradient K (fun _ : nat -> R => c) x (fun _ => 0).
Proof. split; intros g dg t _ _. rewrite (bigsum_zero K); [apply D_const|intros; ring]. Qed.
Lemma G_plus K (x : nat -> R) F G d e : has_gradient K F x d -> has_gradient K G x e -> has_gradient K (fun z => F z + G z) x (fun k => d k + e k).
Proof.
  intros [HF] [HG]; split; intros g dg t H E. rewrite (bigsum_ext K _ (fun k => d k * dg k + e k * dg k)) by (intros; ring).
  rewrite bigsum_plus. apply D_plus; auto.
Qed.
Lemma G_opp K (x : nat -> R) F d : has_gradient K F x d -> has_gradient K (fun z => - F z) x (fun k => - d k).
Proof.
  intros [HF]; split; intros g dg t H E. rewrite (bigsum_ext K _ (fun k => - (d k * dg k))) by (intros; ring).
  rewrite bigsum_opp. apply D_opp; auto.
Qed.
Lemma at_x (x : nat -> R) (F : (nat -> R) -> R) (g : nat -> R -> R) t : (forall k, g k t = x k) -> F (fun k => g k t) = F x.
Proof. intros E. f_equal. apply functional_extensionality; exact E. Qed.
Lemma G_mult K (x : nat -> R) F G d e : has_gradient K F x d -> has_gradient K G x e -> has_gradient K (fun z => F z * G z) x (fun k => d k * G x + F x * e k).
Proof.
  intros [HF] [HG]; split; intros g dg t H E. rewrite (bigsum_ext K _ (fun k => d k * dg k * G x + F x * (e k * dg k))) by (intros; ring).
  rewrite bigsum_plus, bigsum_scal_r, bigsum_scal, <- (at_x x F g t E), <- (at_x x G g t E).
  apply (D_mult (fun u => F (fun k => g k u)) (fun u => G (fun k => g k u))); auto.
Qed.
Lemma G_exp K (x : nat -> R) F d : has_gradient K F x d -> has_gradient K (fun z => exp (F z)) x (fun k => exp (F x) * d k).
Proof.
  intros [HF]; split; intros g dg t H E. rewrite (bigsum_ext K _ (fun k => exp (F x) * (d k * dg k))) by (intros; ring).
  rewrite bigsum_scal, <- (at_x x F g t E). apply (D_exp (fun u => F (fun k => g k u))); auto.
Qed.
Lemma G_ln K (x : nat -> R) F d : 0 < F x -> has_gradient K F x d -> has_gradient K (fun z => ln (F z)) x (fun k => / F x * d k).
Proof.
  intros P [HF]; split; intros g dg t H E. rewrite (bigsum_ext K _ (fun k => / F x * (d k * dg k))) by (intros; ring).
  rewrite bigsum_scal, <- (at_x x F g t E). apply (D_ln (fun u => F (fun k => g k u))); auto. rewrite (at_x x F g t E); auto.
Qed.
Lemma G_inv K (x : nat -> R) F d : F x <> 0 -> has_gradient K F x d -> has_gradient K (fun z => / F z) x (fun k => - d k * / (F x * F x)).
Proof.
  intros P [HF]; split; intros g dg t H E.
  rewrite (bigsum_ext K _ (fun k => - (d k * dg k) * / (F x * F x))) by (intros; ring).
  rewrite bigsum_scal_r, bigsum_opp, <- (at_x x F g t E).
  apply (D_inv (fun u => F (fun k => g k u))); auto. rewrite (at_x x F g t E); auto.
Qed.
Lemma G_bigsum K (x : nat -> R) n (F : nat -> (nat -> R) -> R) d : (forall i, (1 <= i <= n)%nat -> has_gradient K (F i) x (d i)) ->
  has_gradient K (fun z => bigsum n (fun i => F i z)) x (fun k => bigsum n (fun i => d i k)).
Proof.
  intros HF; split; intros g dg t H E. rewrite (bigsum_ext K _ (fun k => bigsum n (fun i => d i k * dg k))) by (intros; rewrite bigsum_scal_r; ring).
  rewrite bigsum_swap. apply (is_derive_bigsum n (fun i u => F i (fun k => g k u))). intros i Hi; destruct (HF i Hi) as [A]; apply A; auto.
Qed.
Lemma G_partial K (x : nat -> R) F d m : has_gradient K F x d -> (1 <= m <= K)%nat -> Derive (fun s => F (upd x m s)) (x m) = d m.
Proof.
  intros [HF] Hm. apply is_derive_unique. rewrite <- (Rmult_1_r (d m)).
  replace (d m * 1) with (bigsum K (fun k => d k * delta k m)).
  - apply (HF (fun k s => upd x m s k) (fun k => delta k m)); [intros; apply is_derive_upd|intros; apply upd_same].
  - rewrite (bigsum_one_term K m); auto; [rewrite delta_eq; ring|intros; rewrite delta_neq by auto; ring].
Qed.
Lemma chain_through K F d (g : nat -> R -> R) t :
  has_gradient K F (fun k => g k t) d -> (forall k, (1 <= k <= K)%nat -> ex_derive (fun u => g k u) t) ->
  Derive (fun u => F (fun k => g k u)) t = bigsum K (fun k => Derive (fun s => F (upd (fun l => g l t) k s)) (g k t) * Derive (fun u => g k u) t).
Proof.
  intros HF Hg. rewrite (bigsum_ext K _ (fun k => d k * Derive (fun u => g k u) t)).
  - apply is_derive_unique, HF; auto. intros; apply Derive_correct; auto.
  - intros k Hk. f_equal. apply (G_partial K (fun l => g l t) F d k HF Hk).
Qed.
(* ---- central differences ---- *)
Lemma falls (f df : R -> R) t : (forall s, is_derive f s (df s)) -> (forall s, 0 <= s -> df s <= 0) -> f 0 = 0 -> 0 <= t -> f t <= 0.
Proof.
  intros H N Z Ht. destruct (MVT_gen f 0 t df) as [c [Hc E]].
  - intros; apply H.
  - intros s _. apply continuity_pt_filterlim. apply (ex_derive_continuous f). eexists; apply H.
  - rewrite Rmin_left in Hc by exact Ht. assert (df c <= 0) by (apply N; lra). rewrite Z in E. nra.
Qed.
Lemma D_shift (f df : R -> R) x : (forall s, is_derive f s (df s)) -> forall s, is_derive (fun t => f (x + t)) s (df (x + s)).
Proof.
  intros H s. replace (df (x + s)) with ((0 + 1) * df (x + s)) by ring. apply (is_derive_comp f); [apply H|].
  apply D_plus; [apply D_const|apply D_id].
Qed.
Lemma D_turn (f df : R -> R) x : (forall s, is_derive f s (df s)) -> forall s, is_derive (fun t => f (x + - t)) s (- df (x + - s)).
Proof.
  intros H s. replace (- df (x + - s)) with ((0 + - 1) * df (x + - s)) by ring. apply (is_derive_comp f); [apply H|].
  apply D_plus; [apply D_const|apply D_opp, D_id].
Qed.
Lemma central_raw (f f1 f2 f3 : R -> R) x h b : (forall t, is_derive f t (f1 t)) -> (forall t, is_derive f1 t (f2 t)) -> (forall t, is_derive f2 t (f3 t)) ->
  (forall t, f3 t <= b) -> 0 <= h -> f (x + h) - f (x + - h) - 2 * f1 x * h - b * / 3 * h ^ 3 <= 0.
Proof.
  intros H1 H2 H3 B Hh.
  apply (falls (fun t => f (x + t) - f (x + - t) - 2 * f1 x * t - b * / 3 * t ^ 3) (fun t => f1 (x + t) + f1 (x + - t) - 2 * f1 x - b * t ^ 2)); auto.
  - intros s. replace (f1 (x + s) + f1 (x + - s) - 2 * f1 x - b * s ^ 2) with (f1 (x + s) - - f1 (x + - s) - (0 * s + 2 * f1 x * 1) - (0 * s ^ 3 + b * / 3 * (INR 3 * 1 * s ^ pred 3))) by (simpl; field).
    apply D_minus; [apply D_minus; [apply D_minus; [apply D_shift; auto|apply D_turn; auto]|apply (D_mult (fun _ => 2 * f1 x) (fun t => t)); [apply D_const|apply D_id]]|apply (D_mult (fun _ => b * / 3) (fun t => t ^ 3)); [apply D_const|apply (D_pow (fun t => t)), D_id]].
  - intros s Hs. apply (falls (fun t => f1 (x + t) + f1 (x + - t) - 2 * f1 x - b * t ^ 2) (fun t => f2 (x + t) - f2 (x + - t) - 2 * b * t)); auto.
    + intros r. replace (f2 (x + r) - f2 (x + - r) - 2 * b * r) with (f2 (x + r) + - f2 (x + - r) - 0 - (0 * r ^ 2 + b * (INR 2 * 1 * r ^ pred 2))) by (simpl; ring).
      apply D_minus; [apply D_minus; [apply D_plus; [apply D_shift; auto|apply D_turn; auto]|apply D_const]|apply (D_mult (fun _ => b) (fun t => t ^ 2)); [apply D_const|apply (D_pow (fun t => t)), D_id]].
    + intros r Hr. apply (falls (fun t => f2 (x + t) - f2 (x + - t) - 2 * b * t) (fun t => f3 (x + t) + f3 (x + - t) - 2 * b)); auto.
      * intros q. replace (f3 (x + q) + f3 (x + - q) - 2 * b) with (f3 (x + q) - - f3 (x + - q) - (0 * q + 2 * b * 1)) by ring.
        apply D_minus; [apply D_minus; [apply D_shift; auto|apply D_turn; auto]|apply (D_mult (fun _ => 2 * b) (fun t => t)); [apply D_const|apply D_id]].
      * intros q _. assert (U := B (x + q)). assert (V := B (x + - q)). lra.
      * rewrite Ropp_0. ring.
    + rewrite Ropp_0, Rplus_0_r. ring.
  - rewrite Ropp_0, Rplus_0_r. ring.
Qed.
Lemma central_below (f f1 f2 f3 : R -> R) x h b : (forall t, is_derive f t (f1 t)) -> (forall t, is_derive f1 t (f2 t)) -> (forall t, is_derive f2 t (f3 t)) ->
  (forall t, Derive (fun t1 => Derive (fun t2 => Derive (fun t3 => f t3) t2) t1) t <= b) -> h <> 0 ->
  (f (x + h) + - f (x + - h)) * / (2 * h) <= Derive (fun t => f t) x + b * h ^ 2 * / 6.
Proof.
  intros H1 H2 H3 B Hh.
  assert (E1 : forall t, Derive (fun t3 => f t3) t = f1 t) by (intros; apply is_derive_unique, H1).
  assert (E2 : forall t, Derive (fun t2 => Derive (fun t3 => f t3) t2) t = f2 t).
  { intros. rewrite (Derive_ext _ f1) by exact E1. apply is_derive_unique, H2. }
  assert (N : forall t, f3 t <= b).
  { intros t. rewrite <- (is_derive_unique f2 t (f3 t)) by apply H3. rewrite <- (Derive_ext (fun t1 => Derive (fun t2 => Derive (fun t3 => f t3) t2) t1) f2) by exact E2. apply B. }
  rewrite E1. assert (P : forall u, 0 < u -> (f (x + u) + - f (x + - u)) * / (2 * u) <= f1 x + b * u ^ 2 * / 6).
  { intros u Hu. assert (C := central_raw f f1 f2 f3 x u b H1 H2 H3 N ltac:(lra)). apply Rmult_le_reg_r with (2 * u); [lra|].
    replace ((f (x + u) + - f (x + - u)) * / (2 * u) * (2 * u)) with (f (x + u) - f (x + - u)) by (field; lra).
    replace ((f1 x + b * u ^ 2 * / 6) * (2 * u)) with (2 * f1 x * u + b * / 3 * u ^ 3) by field. lra. }
  destruct (Rdichotomy h 0 Hh) as [L|L].
  - assert (Q := P (- h) ltac:(lra)). rewrite Ropp_involutive in Q.
    replace ((f (x + h) + - f (x + - h)) * / (2 * h)) with ((f (x + - h) + - f (x + h)) * / (2 * - h)) by (field; lra).
    replace (h ^ 2) with ((- h) ^ 2) by ring. exact Q.
  - apply P; lra.
Qed.
Lemma central_above (f f1 f2 f3 : R -> R) x h b : (forall t, is_derive f t (f1 t)) -> (forall t, is_derive f1 t (f2 t)) -> (forall t, is_derive f2 t (f3 t)) ->
  (forall t, b <= Derive (fun t1 => Derive (fun t2 => Derive (fun t3 => f t3) t2) t1) t) -> h <> 0 ->
  Derive (fun t => f t) x + b * h ^ 2 * / 6 <= (f (x + h) + - f (x + - h)) * / (2 * h).
Proof.
  intros H1 H2 H3 B Hh.
  assert (C := central_below (fun t => - f t) (fun t => - f1 t) (fun t => - f2 t) (fun t => - f3 t) x h (- b)
    (fun t => D_opp f t _ (H1 t)) (fun t => D_opp f1 t _ (H2 t)) (fun t => D_opp f2 t _ (H3 t))). cbv beta in C. rewrite Derive_opp in C.
  replace ((- f (x + h) + - - f (x + - h)) * / (2 * h)) with (- ((f (x + h) + - f (x + - h)) * / (2 * h))) in C by (field; auto).
  assert (U : - ((f (x + h) + - f (x + - h)) * / (2 * h)) <= - Derive (fun t => f t) x + - b * h ^ 2 * / 6); [|lra].
  apply C; auto. intros t.
  rewrite (Derive_ext _ (fun t1 => - Derive (fun t2 => Derive (fun t3 => f t3) t2) t1)).
  - rewrite (Derive_opp (fun t1 => Derive (fun t2 => Derive (fun t3 => f t3) t2) t1) t). assert (Bt := B t). clear -Bt. lra.
  - intros t1. rewrite (Derive_ext _ (fun t2 => - Derive (fun t3 => f t3) t2)); [apply Derive_opp|]. intros; apply Derive_opp.
Qed.

(* the softmax of two arguments of a max, used by numerics *)
