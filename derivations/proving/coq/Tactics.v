(* Tactics the exporter calls. They only find proofs; the kernel checks them. *)
Require Export Laws.
From Coq Require Export FunctionalExtensionality Nsatz.
Open Scope R_scope.
Lemma upd_id z m : upd z m (z m) = z.
Proof. apply functional_extensionality; intros; apply upd_same. Qed.
Lemma upd2_id z j m : upd2 z j m (z j m) = z.
Proof. do 2 (apply functional_extensionality; intro); apply upd2_same. Qed.
Lemma sandwich a b c d : a = b -> b <= c -> c = d -> a <= d. Proof. intros -> ? <-; auto. Qed.
Lemma ln_le' a b : 0 < a -> a <= b -> ln a <= ln b. Proof. intros ? [?| ->]; [apply Rlt_le, ln_increasing|]; lra. Qed.
Lemma exp_le' a b : a <= b -> exp a <= exp b. Proof. intros [?| ->]; [apply Rlt_le, exp_increasing|]; lra. Qed.
Lemma ln_inv' a : 0 < a -> ln (/ a) = - ln a. Proof. intros; apply ln_Rinv; auto. Qed.
Lemma exp_opp' a : exp (- a) = / exp a. Proof. apply exp_Ropp. Qed.
Lemma ln_pow' a n : 0 < a -> ln (a ^ n) = INR n * ln a. Proof. intros; apply ln_pow; auto. Qed.

Ltac defs := idtac.
Ltac rng := solve [ lia | assumption | split; lia
  | match goal with H : forall i : nat, (1 <= i <= _)%nat -> (1 <= ?s i <= _)%nat |- _ => apply H; lia end ].
Ltac inst := repeat match goal with
  | H : forall i : nat, (1 <= i <= ?n)%nat -> @?P i, Hj : (1 <= ?j <= ?n)%nat |- _ =>
      let T := eval cbv beta in (P j) in
      match goal with _ : T |- _ => fail 1 | _ => assert T by exact (H j Hj) end
  end.
Ltac one := repeat match goal with H : ?K = 2%nat |- _ => lazymatch goal with _ : (1 <= 2 <= K)%nat |- _ => fail | _ => assert (1 <= 2 <= K)%nat by lia; assert (1 <= 1 <= K)%nat by lia end end; repeat match goal with H : (1 <= ?n)%nat |- _ => lazymatch goal with _ : (1 <= 1 <= n)%nat |- _ => fail | _ => assert (1 <= 1 <= n)%nat by lia; assert (1 <= n <= n)%nat by lia end end;
  repeat match goal with H : (?K >= 2)%nat |- _ => lazymatch goal with _ : 2 <= INR K |- _ => fail | _ => assert (2 <= INR K) by (change 2 with (INR 2); apply le_INR; lia); assert (1 <= 2 <= K)%nat by lia; assert (1 <= 1 <= K)%nat by lia end end.
Ltac nonneglate := fail.
Ltac split_all := repeat match goal with H : _ /\ _ |- _ => destruct H end.
Ltac instlra := try one; inst; split_all; solve [ lra | nra ].
Lemma rpow_pos0 a b : 0 <= a -> 0 <= b -> (0 < b -> 0 < a) -> 0 < rpow a b.
Proof.
  intros Ha Hb H. destruct (Req_EM_T b 0) as [->|N].
  - rewrite rpow_0; lra.
  - apply rpow_pos, H; lra.
Qed.
Lemma ln_rpow0 a b : 0 <= a -> 0 <= b -> (0 < b -> 0 < a) -> ln (rpow a b) = b * ln a.
Proof.
  intros Ha Hb H. destruct (Req_EM_T b 0) as [->|N].
  - rewrite rpow_0, ln_1; ring.
  - apply ln_rpow, H; lra.
Qed.
Lemma bigsum_some n f : 0 < bigsum n f -> exists i, (1 <= i <= n)%nat /\ 0 < f i.
Proof.
  induction n; simpl; intros H; [lra|]. destruct (Rlt_dec 0 (f (S n))) as [P|P].
  - exists (S n); split; [lia|assumption].
  - destruct IHn as [i [Hi Hf]]; [lra|]. exists i; split; [lia|assumption].
Qed.
(* of numbers that sum to 1, two sum to at most 1 *)
Lemma pair_at_most_1 n p c k : bigsum n (fun i => p i) = 1 -> (forall i, (1 <= i <= n)%nat -> 0 <= p i) ->
  (1 <= c <= n)%nat -> (1 <= k <= n)%nat -> 0 <= (1 + - delta c k) * (1 + - p c + - p k) * p k.
Proof.
  intros S P Hc Hk. apply Rmult_le_pos; [|auto]. unfold delta. destruct Nat.eq_dec as [E|N]; [lra|].
  assert (T := bigsum_take_out n c p Hc). assert (Q := bigsum_keep n k (fun i => (1 - delta i c) * p i) Hk).
  cbv beta in Q. rewrite (delta_neq k c) in Q by congruence. replace (bigsum n p) with 1 in T by (symmetry; exact S).
  assert (forall i, (1 <= i <= n)%nat -> 0 <= (1 - delta i c) * p i)
    by (intros; apply Rmult_le_pos; [unfold delta; destruct Nat.eq_dec; lra|auto]). specialize (Q H). lra.
Qed.
(* a sum of weights that are not negative, of which one is positive, times what is positive *)
Lemma weighted_pos n a f : 0 < bigsum n a -> (forall i, (1 <= i <= n)%nat -> 0 <= a i) -> (forall i, (1 <= i <= n)%nat -> 0 < f i) ->
  0 < bigsum n (fun i => a i * f i).
Proof.
  intros H Ha Hf. destruct (bigsum_some n a H) as [i [Hi P]]. apply (bigsum_pos_one n i); [exact Hi| |apply Rmult_lt_0_compat; auto].
  intros; apply Rmult_le_pos; [auto|left; auto].
Qed.
Lemma pos_weighted n a f : 0 < bigsum n a -> (forall i, (1 <= i <= n)%nat -> 0 <= a i) -> (forall i, (1 <= i <= n)%nat -> 0 < f i) ->
  0 < bigsum n (fun i => f i * a i).
Proof. intros H Ha Hf. rewrite (bigsum_ext n _ (fun i => a i * f i)) by (intros; ring). apply weighted_pos; assumption. Qed.
Lemma mean_some n f : (1 <= n)%nat -> 0 < / INR n * bigsum n f -> exists i, (1 <= i <= n)%nat /\ 0 < f i.
Proof.
  intros Hn H. apply bigsum_some. assert (0 < INR n) by (apply lt_0_INR; lia).
  apply Rmult_lt_reg_l with (/ INR n); [apply Rinv_0_lt_compat; assumption|lra].
Qed.
Lemma mean_below n f : (1 <= n)%nat -> 0 < 1 + - (/ INR n * bigsum n f) -> exists i, (1 <= i <= n)%nat /\ f i < 1.
Proof.
  intros Hn H. destruct (mean_some n (fun i => 1 + - f i) Hn) as [i [Hi Hf]].
  - rewrite bigsum_plus, bigsum_const, bigsum_opp. assert (0 < INR n) by (apply lt_0_INR; lia).
    replace (/ INR n * (INR n * 1 + - bigsum n f)) with (1 + - (/ INR n * bigsum n f)) by (field; lra). exact H.
  - exists i; split; [assumption|lra].
Qed.
Lemma weighted_log0 a b : 0 <= a -> 0 <= b -> (0 < a -> 0 < b) -> a * ln b <= a * ln a + b - a.
Proof.
  intros Ha Hb H. destruct (Req_EM_T a 0) as [->|N]; [lra|]. apply weighted_log; [lra|apply H; lra].
Qed.
Ltac implied := intros; inst; split_all;
  repeat match goal with H : ?P -> ?Q |- _ => match type of P with Prop => specialize (H ltac:(solve [ assumption | lra ])) end end;
  inst; split_all; solve [ assumption | lra ].
Ltac someone := intros; inst; defs;
  match goal with
  | H : 0 < / INR ?n * bigsum ?n ?f |- _ => let i := fresh in destruct (mean_some n f) as [i [? ?]]; [ lia | exact H | ]
  | H : 0 < 1 + - (/ INR ?n * bigsum ?n ?f) |- _ => let i := fresh in destruct (mean_below n f) as [i [? ?]]; [ lia | exact H | ]
  | H : 0 < bigsum ?n ?f |- _ => let i := fresh in destruct (bigsum_some n f H) as [i [? ?]]
  end; implied.
Lemma ln_nonpos a : 0 < a <= 1 -> ln a <= 0.
Proof. intros [P L]. rewrite <- ln_1. apply ln_le'; assumption. Qed.
Lemma times_ln_nonpos a b : 0 <= a -> 0 < b <= 1 -> a * ln b <= 0.
Proof. intros A B. assert (H := ln_nonpos b B). nra. Qed.
Lemma times_ln_nonpos0 a b : 0 <= a -> 0 <= b <= 1 -> a * ln b <= 0.
Proof. intros A [[P|E] L]; [apply times_ln_nonpos; lra|]. rewrite <- E, ln_of_0; lra. Qed.
Lemma rpow_opp a b : 0 < a -> rpow a (- b) = / rpow a b.
Proof. intros P. rewrite !rpow_Rpower by assumption. apply Rpower_Ropp. Qed.
Lemma rpow_lower a b : 0 < a -> rpow a (-1 + b) = / a * rpow a b.
Proof.
  intros P. rewrite rpow_plus by assumption. f_equal. rewrite rpow_Rpower by assumption.
  replace (-1) with (- (1)) by lra. rewrite Rpower_Ropp, Rpower_1 by assumption. reflexivity.
Qed.
Lemma share_below K m w : (2 <= K)%nat -> (1 <= m <= K)%nat -> (forall k, (1 <= k <= K)%nat -> 0 < w k) -> 0 < 1 + - (/ bigsum K w * w m).
Proof.
  intros HK Hm Hw. assert (P : 0 < bigsum K w) by (apply bigsum_pos; [lia|assumption]).
  assert (Hj : exists j, (1 <= j <= K)%nat /\ j <> m) by (destruct (Nat.eq_dec m 1); [exists 2%nat|exists 1%nat]; lia).
  destruct Hj as [j [Hj N]]. assert (T := bigsum_take_out K m w Hm).
  assert (Q : (1 - delta j m) * w j <= bigsum K (fun k => (1 - delta k m) * w k)).
  { apply (bigsum_keep K j (fun k => (1 - delta k m) * w k) Hj). intros; apply Rmult_le_pos; [unfold delta; destruct Nat.eq_dec; lra|left; auto]. }
  rewrite (delta_neq j m N) in Q. assert (R := Hw j Hj).
  replace (1 + - (/ bigsum K w * w m)) with (/ bigsum K w * (bigsum K w + - w m)) by (field; lra).
  apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat; assumption|lra].
Qed.
(* a sum of positive numbers less one of them, and how many others there are *)
Lemma pos_without n c f : (2 <= n)%nat -> (1 <= c <= n)%nat -> (forall i, (1 <= i <= n)%nat -> 0 < f i) -> 0 < - f c + bigsum n f.
Proof.
  intros Hn Hc H. assert (P := bigsum_pos_others n c f Hn H). rewrite (bigsum_take_out n c f Hc).
  rewrite (bigsum_ext n _ (fun i => (1 - delta i c) * f i)) in P by (intros; ring). lra.
Qed.
Lemma pos_all_but n c : (2 <= n)%nat -> 0 < bigsum n (fun k => 1 + - delta c k).
Proof.
  intros Hn. rewrite (bigsum_ext n _ (fun k => (1 + - delta k c) * 1)) by (intros; rewrite (delta_sym c); ring).
  apply bigsum_pos_others; [exact Hn|intros; lra].
Qed.
Lemma exp_below_one x : x < 0 -> 0 < 1 + - exp x.
Proof. intros H. assert (E := exp_increasing x 0 H). rewrite exp_0 in E. lra. Qed.
(* there are two classes at least: said, or because a share of one class is not 1 *)
Ltac two := first [ lia | match goal with |- (2 <= ?K)%nat => destruct (le_lt_dec 2 K); [ assumption | exfalso; assert (K = 1%nat) by lia; subst;
  match goal with H : forall k : nat, (1 <= k <= 1)%nat -> 1 + - (/ bigsum 1 _ * _) <> 0 |- _ => apply (H 1%nat); [ lia | simpl; field; apply Rgt_not_eq, exp_pos ] end ] end ].
Ltac pos := cbv beta; lazymatch goal with
  | |- 0 < exp _ => apply exp_pos
  | |- 0 < bigsum _ _ => first [ assumption | (inst; assumption) | apply bigsum_pos; [ lia | intros; pos ] | weights | (progress inst; weights) ]
  | |- 0 < bigprod _ _ => apply bigprod_pos; intros; pos
  | |- 0 < rpow _ _ => first [ solve [ apply rpow_pos; pos ] | apply rpow_pos0; [ nonneg0 | nonneg0 | implied ] ]
  | |- 0 < / _ => apply Rinv_0_lt_compat; pos
  | |- 0 < INR _ => apply lt_0_INR; lia
  | |- 0 < ln ?a => first [ assumption | (rewrite <- ln_1; apply ln_increasing; lra) ]
  | |- 0 < _ * _ => first [ solve [ apply Rmult_lt_0_compat; pos ] | instlra ]
  | |- 0 < _ ^ _ => apply pow_lt; pos
  | |- 0 < 1 + - / (1 + exp ?x) => let H := fresh in assert (H := inv_below_one (exp x) (exp_pos x)); lra
  | |- 0 < 1 + - bigsum ?n (fun k => (1 + - delta ?j k) * _) => first [ assumption | (rewrite (rest_of_sum n j); [ pos | rng | assumption ]) | instlra ]
  | |- 0 < 1 + - (/ bigsum ?K ?w * _) => first [ instlra
    | match goal with Hm : (1 <= ?m <= K)%nat |- _ => apply (share_below K m w); [ two | exact Hm | intros; pos ]
      | Hc : forall i : nat, _ -> (1 <= ?c i <= K)%nat, Hi : (1 <= ?i <= _)%nat |- _ => apply (share_below K (c i) w); [ two | exact (Hc i Hi) | intros; pos ] end ]
  | |- 0 < 1 + - exp ?x => first [ apply exp_below_one; first [ assumption | (inst; assumption) | lra ] | instlra ]
  | |- 0 < - ?x + bigsum ?n ?f => first [ remains n f x | instlra ]
  | |- 0 < bigsum ?n ?f + - ?x => rewrite (Rplus_comm (bigsum n f)); first [ remains n f x | instlra ]
  | |- 0 < _ + _ => first [ solve [ apply Rplus_lt_0_compat; pos ] | solve [ apply Rplus_lt_le_0_compat; [ pos | nonneglate ] ] | instlra ]
  | |- _ => first [ assumption | instlra | match goal with H : _ * ln ?p <= ln _ |- 0 < ?p => eapply pos_by_log; [ | exact H | ]; lra end ]
  end
with weights := match goal with
  | H : bigsum ?n ?a > 0 |- 0 < bigsum ?n _ => weighing n a
  | H : 0 < bigsum ?n ?a |- 0 < bigsum ?n _ => weighing n a
  | H : bigsum ?n ?a = 1 |- 0 < bigsum ?n _ => weighing n a
  | |- 0 < bigsum ?n (fun k => 1 + - delta ?c k) => apply (pos_all_but n c); lia
  | |- 0 < bigsum ?n _ => first [ besides | someterm n ]
  end
with besides := match goal with
  | |- 0 < bigsum ?n (fun i => (1 + - delta ?c i) * @?f i) => beside n c f
  | |- 0 < bigsum ?n (fun i => (1 + - delta i ?c) * @?f i) => beside n c f
  | |- 0 < bigsum ?n (fun i => @?f i * (1 + - delta ?c i)) => beside n c f
  | |- 0 < bigsum ?n (fun i => @?f i * (1 + - delta i ?c)) => beside n c f
  end
with beside n c f := rewrite (bigsum_ext n _ (fun i => (1 + - delta i c) * f i)) by (intros; cbv beta; rewrite ?(delta_sym c); ring); apply bigsum_pos_others; [ lia | intros; pos ]
with remains n f x := match goal with Hc : (1 <= ?c <= n)%nat |- _ =>
    let v := eval cbv beta in (f c) in constr_eq v x; apply (pos_without n c f); [ lia | exact Hc | intros; pos ] end
with someterm n := match goal with
  | Hc : (1 <= ?c <= n)%nat, P : 0 < _ ?c |- _ => apply (bigsum_pos_one n c); [ exact Hc | intros; nonneglate | pos ]
  | Hc : (1 <= ?c <= n)%nat, P : _ ?c > 0 |- _ => apply (bigsum_pos_one n c); [ exact Hc | intros; nonneglate | pos ]
  end
with weighing n a := first [ apply (weighted_pos n a) | apply (pos_weighted n a) ]; [ lra | intros; nonneg0 | intros; pos ]
with nonneg0 := cbv beta; first [ assumption | (inst; split_all; lra) | instlra ].
Ltac unitlate := fail.
Ltac atmost1late := fail.
Ltac nonneg := cbv beta; first [ assumption | lazymatch goal with
  | |- 0 <= 1 + - delta _ _ => unfold delta; destruct Nat.eq_dec; lra
  | |- 0 <= ?c + - ?x => first [ lra | (inst; split_all; lra) | let H := fresh in assert (H : 0 <= x <= 1) by unitlate; lra | let H := fresh in assert (H : 0 <= x <= 1) by (defs; unitlate); lra | solve [ apply Rplus_le_le_0_compat; nonneg ] ]
  | |- 0 <= - (_ * ln _) => apply Ropp_le_cancel; rewrite Ropp_0, Ropp_involutive; first
    [ solve [ apply times_ln_nonpos; [ nonneg | split; [ pos | atmost1late ] ] ]
    | apply times_ln_nonpos0; [ nonneg0 | split; [ nonneg0 | atmost1late ] ] ]
  | |- 0 <= bigsum _ _ => apply bigsum_nonneg; intros; nonneg
  | |- 0 <= exp _ => apply Rlt_le, exp_pos
  | |- 0 <= rpow _ _ => apply rpow_nonneg; nonneg
  | |- 0 <= / _ => apply Rlt_le; pos
  | |- 0 <= INR _ => apply pos_INR
  | |- 0 <= ln (1 + ?x) => apply ln_nonneg; assert (0 <= x) by nonneg; lra
  | |- 0 <= _ ^ 2 => apply pow2_ge_0
  | |- 0 <= _ * _ => first [ solve [ apply Rmult_le_pos; nonneg ] | instlra ]
  | |- 0 <= _ + _ => first [ solve [ apply Rplus_le_le_0_compat; nonneg ] | instlra ]
  | |- 0 <= bigprod _ _ => apply bigprod_nonneg; intros; nonneg
  | |- 0 <= delta _ _ => unfold delta; destruct Nat.eq_dec; lra
  | |- _ => instlra
  end | solve [ apply Rlt_le; pos ] ].
Ltac unit := cbv beta; first [ assumption | (inst; split_all; lra) | lazymatch goal with
  | |- 0 <= / INR _ * bigsum _ _ <= 1 => apply mean_unit; [ lia | intros; unit ]
  | |- 0 <= / bigsum _ _ * bigsum _ _ <= 1 => apply ratio_unit; [ first [ assumption | pos ] | intros; inst; split_all; unfold delta; destruct Nat.eq_dec; lra ]
  | |- 0 <= / bigsum ?K ?w * ?x <= 1 => match goal with Hm : (1 <= ?m <= K)%nat |- _ => apply (share_unit K m w Hm); intros; pos | Hc : forall i : nat, _ -> (1 <= ?c i <= K)%nat, Hi : (1 <= ?i <= _)%nat |- _ => apply (share_unit K (c i) w (Hc i Hi)); intros; pos end
  | |- 0 <= ?x * / bigsum ?K ?w <= 1 => rewrite (Rmult_comm x); unit
  | |- 0 <= / bigsum ?K ?w * ?a * ?b <= 1 => match goal with Hm : (1 <= ?m <= K)%nat |- _ => rewrite (Rmult_assoc _ a b); apply (share_unit0 K m w); [ first [ assumption | pos ] | exact Hm | intros; nonneg ] end
  | |- 0 <= / (1 + exp ?x) <= 1 => split; left; apply inv_below_one; apply exp_pos
  | |- 0 <= / INR _ <= 1 => split; [ left | ]; apply inv_INR_unit; lia
  | |- 0 <= bigprod _ _ <= 1 => apply bigprod_unit; intros; unit
  | |- 0 <= rpow _ _ <= 1 => apply rpow_unit; [ unit | nonneg ]
  | |- _ => split; first [ nonneg | instlra ]
  end ].
Ltac unitlate ::= unit.
Ltac nonneglate ::= nonneg.
Ltac atmost1late ::= first [ instlra
  | match goal with |- 1 + - ?x <= 1 => let H := fresh in assert (H : 0 <= x) by nonneg; lra end
  | match goal with |- ?x <= 1 => let H := fresh in assert (H : 0 <= x <= 1) by unit; lra end ].
(* focal loss falls: its slope in the probability of the true class is below 0, and so is a sum of such slopes *)
Lemma focal_falls p g : 0 < p -> 0 < 1 + - p -> 0 <= g -> rpow (1 + - p) g * (- / p + g * / (1 + - p) * ln p) < 0.
Proof.
  intros P Q G. assert (R := rpow_pos (1 + - p) g Q). assert (I := Rinv_0_lt_compat p P).
  assert (J : 0 <= g * / (1 + - p)) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat, Q]).
  assert (L : ln p <= 0) by (apply ln_nonpos; lra). assert (M : g * / (1 + - p) * ln p <= 0) by nra.
  rewrite <- (Rmult_0_r (rpow (1 + - p) g)). apply Rmult_lt_compat_l; [exact R|lra].
Qed.
Ltac falling := lazymatch goal with
  | |- rpow (1 + - ?p) ?g * (- / ?p + ?g * / (1 + - ?p) * ln ?p) < 0 => apply focal_falls; [ pos | pos | nonneg ]
  | |- ?a + ?b < 0 => rewrite <- (Rplus_0_r 0); apply Rplus_lt_compat; falling
  end.
Ltac nz1 := one; first [ assumption | match goal with X : ?a = INR _ |- ?a <> 0 => rewrite X; nz1 end | match goal with X : ?a = _ |- ?a <> 0 => is_var a; apply Rgt_not_eq; unfold Rgt; rewrite X; defs; pos end | (inst; split_all; lra) | (apply Ropp_neq_0_compat; nz1) | (apply Rmult_integral_contrapositive_currified; nz1) | (let Z := fresh in intro Z; match goal with X : _ <> 0 |- _ => apply X; lra end) | (inst; let Z := fresh in intro Z; match goal with X : _ <> 0 |- _ => apply X; lra end) | apply Rgt_not_eq; unfold Rgt; pos | apply Rlt_not_eq; instlra | (inst; lra) | (apply Rlt_not_eq; falling) ].
Ltac nz := repeat split; solve [ nz1 ].
Ltac fld := unfold Rdiv; solve [ reflexivity | ring | field; nz ].
Ltac congr := lazymatch goal with
  | |- ?x = ?x => reflexivity
  | |- _ => first [ assumption | reflexivity
    | lazymatch goal with
      | |- Rplus ?a ?b = Rplus ?c ?d => apply (f_equal2 Rplus); congr
      | |- Rmult ?a ?b = Rmult ?c ?d => apply (f_equal2 Rmult); congr
      | |- rpow ?a ?b = rpow ?c ?d => apply (f_equal2 rpow); congr
      | |- Rmax ?a ?b = Rmax ?c ?d => apply (f_equal2 Rmax); congr
      | |- pow ?a ?b = pow ?c ?d => apply (f_equal2 pow); congr
      | |- ?f ?a = ?f ?b => apply (f_equal f); congr
      end ]
  end.
Ltac simp := repeat match goal with
  | |- context [delta ?i ?i] => rewrite (delta_eq i)
  | |- context [delta ?i ?j] => rewrite (delta_neq i j) by discriminate
  | |- context [ln (exp ?a)] => rewrite (ln_exp a)
  | |- context [ln 1] => rewrite ln_1
  | |- context [exp 0] => rewrite exp_0
  | |- context [Ropp (IZR 0)] => rewrite Ropp_0
  | |- context [Rmult ?a (IZR 1)] => rewrite (Rmult_1_r a)
  | |- context [Rmult (IZR 1) ?a] => rewrite (Rmult_1_l a)
  | |- context [Rmult ?a (IZR 0)] => rewrite (Rmult_0_r a)
  | |- context [Rmult (IZR 0) ?a] => rewrite (Rmult_0_l a)
  | |- context [Rplus ?a (IZR 0)] => rewrite (Rplus_0_r a)
  | |- context [Rplus (IZR 0) ?a] => rewrite (Rplus_0_l a)
  | |- context [bigsum ?n (fun _ => ?c)] => rewrite (bigsum_const n c)
  | |- context [1 + 0] => rewrite (Rplus_0_r 1)
  | |- context [Ropp (Ropp ?a)] => rewrite (Ropp_involutive a)
  | |- context [Rplus ?a (Ropp ?a)] => rewrite (Rplus_opp_r a)
  | |- context [Rplus (Ropp ?a) ?a] => rewrite (Rplus_opp_l a)
  | |- context [Rplus 1 (IZR (-1))] => rewrite (Rplus_opp_r 1)
  | |- context [rpow ?a 0] => rewrite (rpow_0 a)
  | |- context [rpow ?a (-1 + ?b)] => rewrite (rpow_lower a b) by pos
  | |- context [rpow 1 ?b] => rewrite (rpow_1_l b)
  | |- context [rpow ?a 1] => rewrite (rpow_1 a) by nonneg
  | |- context [exp (ln ?a)] => rewrite (exp_ln a) by (first [ pos | (defs; pos) ])
  | |- context [upd ?z ?m (?z ?m)] => rewrite (upd_id z m)
  | |- context [upd2 ?z ?j ?m (?z ?j ?m)] => rewrite (upd2_id z j m)
  end.
Ltac expx := repeat match goal with
  | |- context [exp (?a + ?b)] => rewrite (exp_plus a b)
  | |- context [exp (?a - ?b)] => unfold Rminus
  | |- context [exp (- ?a)] => rewrite (exp_opp' a)
  end; simp.
Ltac lnx := repeat match goal with
  | |- context [ln (?a * ?b)] => rewrite (ln_mult a b) by pos
  | |- context [ln (/ ?a)] => rewrite (ln_inv' a) by pos
  | |- context [ln (rpow ?a ?b)] => first [ rewrite (ln_rpow a b) by pos | rewrite (ln_rpow0 a b); [ | nonneg0 | nonneg0 | implied ] ]
  | |- context [ln (?a ^ ?b)] => rewrite (ln_pow' a b) by pos
  end; simp.
(* equality of terms with sums: atoms are matched, then ring or field *)
Ltac orient := repeat match goal with
  | |- context [delta ?i ?j] => match goal with |- context [delta j i] => (assert_fails constr_eq i j); rewrite (delta_sym j i) end end.
Ltac eqs n := cbv beta; first [ fld | lazymatch n with O => fail | S ?m =>
  simp; orient; first [ fld
  | apply bigsum_ext; intros; eqs m
  | apply bigprod_ext; intros; eqs m
  | atoms m; fld
  | merge; apply bigsum_ext; intros; eqs m
  | expx; first [ fld | atoms m; fld ]
  | lnx; first [ fld | atoms m; fld ] ] end ]
with atoms m := repeat match goal with
  | |- context [bigsum ?n ?f] => match goal with |- context [bigsum n ?g] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : bigsum n f = bigsum n g) by (apply bigsum_ext; intros; eqs m); rewrite E; clear E end
  | |- context [bigprod ?n ?f] => match goal with |- context [bigprod n ?g] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : bigprod n f = bigprod n g) by (apply bigprod_ext; intros; eqs m); rewrite E; clear E end
  | |- context [ln ?f] => match goal with |- context [ln ?g] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : f = g) by (eqs m); rewrite E; clear E end
  | |- context [exp ?f] => match goal with |- context [exp ?g] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : f = g) by (eqs m); rewrite E; clear E end
  | |- context [rpow ?a ?f] => match goal with |- context [rpow ?a ?g] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : f = g) by (eqs m); rewrite E; clear E end
  | |- context [rpow ?f ?a] => match goal with |- context [rpow ?g ?a] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : f = g) by (eqs m); rewrite E; clear E end
  | |- context [Derive ?f ?x] => match goal with |- context [Derive ?g x] => (assert_fails constr_eq f g);
      let E := fresh in assert (E : Derive f x = Derive g x) by (apply Derive_ext; intros; eqs m); rewrite E; clear E end
  end
with merge := unfold Rminus; repeat first [ rewrite <- bigsum_scal | rewrite <- bigsum_scal_r | rewrite <- bigsum_opp | rewrite <- bigsum_plus ].
(* what is divided by, times its reciprocal, is 1: the others stay as they are *)
Ltac cancels := match goal with |- context [/ ?a] => let N := fresh in assert (N : a * / a = 1) by (apply Rinv_r; first [ nz | (defs; nz) ]); ring [N] end.
(* what is divided by, known not to be 0, in a quotient that is put over one denominator *)
Ltac divisors := one; repeat match goal with |- context [/ ?a] => lazymatch goal with _ : a <> 0 |- _ => fail | _ => assert (a <> 0) by (first [ nz1 | (defs; nz1) ]) end end; fld.
Ltac eq := solve [ eqs 3%nat | (defs; eqs 3%nat) | cancels | divisors ].
Ltac eq0 := cbv beta; solve [ eqs 2%nat ].
Ltac lin := cbv beta; first [ fld | merge; apply bigsum_ext; intros; lin | simp; fld ].
Lemma mean_le_1 n f : (1 <= n)%nat -> (forall i, (1 <= i <= n)%nat -> f i <= 1) -> bigsum n f * / INR n <= 1.
Proof.
  intros Hn H. assert (0 < INR n) by (apply lt_0_INR; lia). apply Rmult_le_reg_r with (INR n); auto.
  replace (bigsum n f * / INR n * INR n) with (bigsum n f) by (field; lra). rewrite Rmult_1_l, <- (Rmult_1_r (INR n)), <- bigsum_const.
  apply bigsum_le; auto.
Qed.
(* derivatives *)
Ltac der := cbv beta; lazymatch goal with
  | |- is_derive (fun _ => ?c) _ _ => apply D_const
  | |- is_derive (fun t => t) _ _ => apply D_id
  | |- is_derive (fun t => bigsum _ _) _ _ => eapply is_derive_bigsum; intros; der
  | |- is_derive (fun t => bigprod _ _) _ _ => eapply is_derive_bigprod; intros; der
  | |- is_derive (fun t => dprod _ _ _) _ _ => apply Derive_correct, ex_derive_dprod; intros; eexists; der
  | |- is_derive (fun t => upd _ _ t _) _ _ => apply is_derive_upd
  | |- is_derive (fun t => upd2 _ _ _ t _ _) _ _ => apply is_derive_upd2
  | |- is_derive (fun t => _ + _) _ _ => eapply D_plus; der
  | |- is_derive (fun t => _ - _) _ _ => eapply D_minus; der
  | |- is_derive (fun t => - _) _ _ => eapply D_opp; der
  | |- is_derive (fun t => ?c * ln (/ _ * ?c)) _ _ => first [ eapply D_mult; der | eapply D_weighted_ln; [ nonneg | cbv beta; simp; pos | der ] ]
  | |- is_derive (fun t => _ * _) _ _ => eapply D_mult; der
  | |- is_derive (fun t => / _) _ _ => eapply D_inv; [ cbv beta; simp; nz | der ]
  | |- is_derive (fun t => rpow _ _) _ _ => eapply D_rpow; [ cbv beta; simp; pos | der ]
  | |- is_derive (fun t => exp _) _ _ => eapply D_exp; der
  | |- is_derive (fun t => ln _) _ _ => eapply D_ln; [ cbv beta; simp; pos | der ]
  | |- is_derive (fun t => _ ^ _) _ _ => eapply D_pow; der
  | |- is_derive exp ?x ?v => change (is_derive (fun t => exp t) x v); der
  | |- is_derive ln ?x ?v => change (is_derive (fun t => ln t) x v); der
  | |- is_derive Rinv ?x ?v => change (is_derive (fun t => / t) x v); der
  | |- is_derive Ropp ?x ?v => change (is_derive (fun t => - t) x v); der
  | |- is_derive (Rplus ?c) ?x ?v => change (is_derive (fun t => c + t) x v); der
  | |- is_derive (Rminus ?c) ?x ?v => change (is_derive (fun t => c - t) x v); der
  | |- is_derive (Rmult ?c) ?x ?v => change (is_derive (fun t => c * t) x v); der
  end.
Ltac exder := solve [ assumption | eexists; der | defs; eexists; der ].
(* a derivative as a function of the point, written as one *)
Ltac etas := repeat match goal with |- context [Derive (Derive ?f) ?x] => progress change (Derive (Derive f) x) with (Derive (fun t => Derive f t) x) end.
Ltac dlin := cbv beta; repeat first [ rewrite Derive_plus by exder | rewrite Derive_minus by exder | rewrite Derive_opp | rewrite Derive_scal | rewrite Derive_scal_l | rewrite Derive_const ]; etas; solve [ eqs 3%nat ].
Ltac dval := repeat match goal with |- context [Derive ?f ?x] =>
  let H := fresh in eassert (H : is_derive f x _) by der; rewrite (is_derive_unique _ _ _ H); clear H end; cbv beta; simp.
Ltac dsolve := cbv beta; solve [ dlin | dval; eqs 3%nat | defs; dval; simpl pred; simpl INR; eqs 3%nat ].
Ltac dsum := cbv beta; (rewrite Derive_bigsum by (intros; exder)); apply bigsum_ext; intros; first [ reflexivity | dsum | eqs 2%nat ].
Ltac dsums := solve [ dsum | defs; dsum | dsolve ].
Ltac sift J := cbv beta; first [ (apply bigsum_zero; intros; unfold delta; destruct Nat.eq_dec; rewrite ?ln_1; ring) |
    rewrite (bigsum_one_term _ J); [ solve [ eqs 3%nat ] | rng | intros; repeat match goal with |- context [delta ?a ?b] => rewrite (delta_neq a b) by lia end; solve [ ring ] ]
  | apply bigsum_ext; intros; sift J
  | rewrite bigsum_swap; sift J ].
Ltac siftp J := cbv beta; first [
    rewrite (bigprod_one_term _ J); [ solve [ eqs 3%nat ] | rng | intros; repeat match goal with |- context [delta ?a ?b] => rewrite (delta_neq a b) by lia end; solve [ rewrite ?Rmult_0_r, ?Rmult_0_l; apply rpow_0 ] ]
  | apply bigprod_ext; intros; siftp J ].
Ltac swaps := cbv beta; solve [ apply bigsum_swap | apply bigprod_swap | rewrite bigsum_swap; solve [ eqs 3%nat | apply bigsum_ext; intros; swaps ] | apply bigsum_ext; intros; swaps
  | etransitivity; [ apply bigsum_ext; intros; apply bigsum_swap | swaps ] ].
Ltac lnprod := cbv beta; first [ rewrite ln_bigprod; [ apply bigsum_ext; intros; lnprod | solve [ intros; first [ pos | (defs; pos) ] ] ] | solve [ eqs 3%nat ] ].
Create HintDb cat.
Ltac sumdelta := match goal with
  | |- bigsum _ (fun k => delta k ?c) = 1 => sift c
  | |- bigsum _ (fun k => delta ?c k) = 1 => sift c end.
Ltac onehot := match goal with
  | H : forall i, _ -> forall k, _ -> ?y i k = delta k (?c i) |- bigsum ?K (fun k => ?y ?i k) = 1 => rewrite (bigsum_ext K (fun k => y i k) (fun k => delta k (c i))) by (intros; apply H; rng); sift (c i)
  | H : forall k, _ -> ?y k = delta _ _ |- bigsum ?K (fun k => ?y k) = 1 => rewrite (bigsum_ext K (fun k => y k) _ H)
  end.
Ltac byvalue := inst; repeat split; intros; match goal with
  | H : ?x = ?e |- 0 < ?x => rewrite H; defs; pos
  | H : ?x = ?e |- ?x < 1 => rewrite H; let P := fresh in assert (P : 0 < 1 + - e) by (defs; pos); lra
  end.
Ltac mixed := defs; first [ split; [ nonneg | nra ] | match goal with H : (1 <= ?K)%nat |- _ => let A := fresh in assert (A := inv_INR_unit K H); inst; split_all; split; nra end ].
Ltac oneof := intros; defs; cbv beta; repeat split; intros; unfold Rgt in *;
  match goal with
  | Hj : (1 <= ?j <= ?n)%nat |- 0 < / INR ?n * bigsum ?n _ => apply (mean_pos_one n j); [ exact Hj | intros; first [ nonneg | (inst; split_all; lra) ] | lra ]
  | Hj : (1 <= ?j <= ?n)%nat |- / INR ?n * bigsum ?n _ < 1 => apply (mean_below_one n j); [ exact Hj | intros; first [ instlra | (inst; split_all; lra) ] | lra ]
  | Hj : (1 <= ?j <= ?n)%nat |- 0 < bigsum ?n _ => apply (bigsum_pos_one n j); [ exact Hj | intros; first [ nonneg | (inst; split_all; lra) ] | lra ]
  end.
(* quantities at arguments that are equal but for the order of terms *)
Ltac reordered := match goal with
  | |- - ?a = - ?b => apply (f_equal Ropp); reordered
  | |- ?f ?a = ?f ?b => apply (f_equal f); ring end.
Ltac deq := first [ reordered | eq | (apply Derive_ext; intros; eq) | (defs; eq) ].
Ltac summed := match goal with H : bigsum _ _ = 1 |- _ => first [ exact H | rewrite bigsum_scal_r, H; ring | rewrite bigsum_scal, H; ring ] | H : bigsum ?K ?f = 1 |- bigsum ?K (fun k => _ * ?c) = ?c => transitivity (bigsum K f * c); [ rewrite <- bigsum_scal_r; reflexivity | rewrite H; ring ] end.
Ltac sumlin := repeat match goal with H : bigsum ?K (fun k => ?f k) = 1 |- _ => change (bigsum K f = 1) in H end; rewrite ?bigsum_plus, ?bigsum_scal, ?bigsum_scal_r, ?bigsum_const; repeat match goal with H : bigsum _ _ = 1 |- _ => rewrite H end; first [ ring | fld ].
Ltac sumtwo := match goal with H : ?K = 2%nat |- bigsum ?K _ = 1 => rewrite H; simpl bigsum; inst; split_all; lra end.
Ltac sumshare := match goal with |- bigsum ?K (fun k => / bigsum ?K ?w * _ * _) = 1 =>
  transitivity (/ bigsum K w * bigsum K w); [ rewrite <- bigsum_scal; apply bigsum_ext; intros; cbv beta; ring | apply Rinv_l; nz ] end.
Ltac sumone := first [ sumtwo | sumshare | sumlin | apply mean_sum; [ lia | intros; inst; summed ] | apply ratio_sum; [ first [ assumption | pos ] | intros; inst; summed ] ].
(* what is not negative and not 0; what is said to equal what is positive; a mean of which a part is positive *)
Ltac filled := inst; match goal with
  | H : forall k : nat, _ -> forall u : nat, _ -> _ <> 0 |- 0 < bigsum _ _ => apply pos_of_not_zero; [ nonneg | apply (H 1%nat); rng ]
  | H : forall k : nat, _ -> forall u : nat, _ -> ?f u k = _ |- 0 < ?f _ _ => rewrite H by rng; assumption
  | |- (?K >= 2)%nat => unfold ge; two
  | |- 0 < _ < 1 => defs; match goal with |- 0 < ?x < 1 => split; [ pos | let H := fresh in assert (H : 0 < 1 + - x) by pos; lra ] end
  end.
Ltac partly := defs; inst; match goal with
  | H : 0 < / ?c * bigsum ?n _ |- 0 < / INR ?n * bigsum ?n _ =>
      let i := fresh in destruct (bigsum_some n _ (pos_share c _ ltac:(assumption) H)) as [i [? ?]];
      apply (mean_pos_one n i); [ assumption | intros; first [ nonneg | (inst; split_all; lra) ] |
        match goal with P : 0 < ?a * delta ?u ?v |- 0 < ?a => revert P; unfold delta; destruct Nat.eq_dec; lra end ]
  end.
Ltac shared := lazymatch goal with |- 0 <= _ <= 1 => idtac end; defs; cbv beta; lazymatch goal with |- 0 <= / bigsum _ _ * bigsum _ _ <= 1 => unit end.
(* what is positive, and what is below 1, whatever is supposed besides *)
Ltac inside := defs; cbv beta; split; intros; first
  [ pos | match goal with |- ?x < 1 => let H := fresh in assert (H : 0 < 1 + - x) by pos; lra end ].
(* quotients of numbers between -1 and 1 differ by 2 over what they are divided by, at most *)
Ltac leads := defs; inst; match goal with P : 0 < ?c |- _ => let I := fresh in assert (I := Rinv_0_lt_compat c P);
  match goal with |- _ \/ ?a = ?b => apply (Rle_ge b a) end;
  match goal with A : ?x ^ 2 <= 1, B : ?y ^ 2 <= 1 |- _ <= / c * ?x =>
    let L := fresh in assert (L : 0 <= / c * (2 + (x + - y))) by
      (apply Rmult_le_pos; [ lra | pose proof (pow2_ge_0 (x + 1)); pose proof (pow2_ge_0 (y + -1)); lra ]); lra end end.
(* The larger of two numbers, whichever is named first. *)
Ltac maxed := rewrite ?Ropp_involutive; repeat match goal with
  | |- context [Rmax ?a ?b] => match goal with |- context [Rmax b a] => rewrite (Rmax_comm a b) end end; reflexivity.
(* A theorem as it is, up to how its sides are written, or what follows from it by adding and scaling. *)
Ltac bythm T := first [ (apply T; side) | (eapply sand_eq; [ | apply T; side | ]; deq) | (eapply sandwich; [ | apply T; side | ]; deq)
  | (etransitivity; [ apply T; side | maxed ])
  | (let K := fresh in (eassert (K : _ <= _) by (apply T; side)); lra) ]
with side := intros; unfold Rgt, Rge in *; cbv beta; solve [ sumone | onehot | (defs; sumone) | shared | byvalue |  reflexivity | assumption | rng | lia | (inst; assumption) | pos | nonneg | (inst; tauto) | (defs; pos) | (defs; nonneg) | unit | (defs; unit) | implied | oneof | mixed | filled | (defs; filled) | partly | leads | inside | eauto 4 with cat | (defs; cbv beta; sumdelta) | (split; first [ nonneg | instlra | (defs; nonneg) ]) | (unfold delta; destruct Nat.eq_dec; lra) | eq0 | eq ].
Ltac near := first [ apply filter_forall; intro | idtac ].

Ltac simp01 := cbv beta; repeat first [ progress simp | rewrite Ropp_0 | rewrite Rplus_0_r | rewrite Rplus_0_l | rewrite Rplus_opp_r | rewrite Rmult_0_l | rewrite Rmult_0_r | rewrite Rmult_1_l | rewrite Rmult_1_r ].
Ltac explog := cbv beta; solve [ rewrite rpow_Rpower by (first [ pos | (defs; pos) ]); unfold Rpower; f_equal; eqs 3%nat ].
Ltac lninv := cbv beta; lazymatch goal with |- ln (/ _) = - ln _ => apply ln_inv'; first [ assumption | (defs; pos) ] end.
Ltac lnall := solve [ lninv | explog | (cbv beta; simp; lnx; fld) | (cbv beta; expx; lnx; fld) | eqs 3%nat | lnx; eqs 3%nat | defs; lnx; eqs 3%nat ].
Ltac freq := solve [ nonneg | defs; first [ nonneg | match goal with |- 0 <= 1 + - (bigsum ?n ?f * / INR ?n) => assert (bigsum n f * / INR n <= 1) by (apply mean_le_1; [ lia | intros; inst; lra ]); lra
   | |- 0 <= 1 + - (/ INR ?n * bigsum ?n ?f) => rewrite Rmult_comm; assert (bigsum n f * / INR n <= 1) by (apply mean_le_1; [ lia | intros; inst; lra ]); lra end ] ].
Ltac npos := first [ (apply times_ln_nonpos; [ nonneg | split; [ pos | atmost1late ] ]) | (apply Ropp_le_cancel; rewrite Ropp_0, ?Ropp_involutive; nonneg) | (match goal with |- ?c * ?x <= 0 => assert (0 <= x) by nonneg; lra end) | lra | nra | (inst; nra) ].
Ltac dropped := solve [ nonneg | (defs; nonneg) | npos | (defs; npos) ].
Ltac congrr := first [ reflexivity | ring | match goal with
  | |- ?f ?a ?b = ?f ?c ?d => apply (f_equal2 f); congrr
  | |- ?f ?a = ?f ?b => apply (f_equal f); congrr end ].
Ltac bycases y := inst; let E := fresh in match goal with X : y = 0 \/ y = 1 |- _ => destruct X as [E|E] end;
  rewrite ?E; simp01; first [ congrr | eqs 3%nat | (lnx; eqs 2%nat) | (defs; simp01; eqs 3%nat) ].
Ltac maxs := cbv beta; unfold Rmax; repeat destruct Rle_dec; solve [ eqs 3%nat | lra | (exfalso; lra) ].
Ltac deltas := cbv beta; unfold delta; repeat (destruct Nat.eq_dec; subst); solve [ eqs 3%nat | (exfalso; congruence) | (exfalso; lia) ].
Ltac wlog1 := solve [ match goal with |- context [ln (?b * / ?c)] =>
   let H := fresh in destruct (Rle_lt_dec b 0) as [H|H];
   [ let Z := fresh in assert (Z : b = 0) by first [ (inst; lra) | (inst; split_all; nra) ]; rewrite !Z; fld | rewrite (ln_div' b c) by (first [ pos | (inst; lra) | (inst; split_all; nra) ]); first [ fld | (unfold Rminus; fld) ] ] end ].
Ltac lnw := repeat match goal with
  | |- context [ln (?a * ?b)] => rewrite (ln_mult a b) by (first [ pos | (defs; pos) | oneof ])
  | |- context [ln (/ ?a)] => rewrite (ln_inv' a) by (first [ pos | (defs; pos) | oneof ])
  end.
Ltac shares := repeat match goal with H : 0 < / ?c * ?x |- _ => lazymatch goal with _ : 0 < x |- _ => fail | _ => assert (0 < x) by (apply (pos_share c x); [ pos | exact H ]) end end.
Ltac wparts := match goal with
  | |- ?a * ln ?b = _ => let Z := fresh in destruct (Req_EM_T a 0) as [Z|Z]; [ rewrite !Z; ring | assert (0 < a) by (assert (0 <= a) by (first [ nonneg | (defs; nonneg) ]); lra) ];
    defs; inst; split_all; shares; repeat match goal with H : / ?c * ?x > 0 -> _ |- _ => specialize (H ltac:(apply Rmult_lt_0_compat; [ apply Rinv_0_lt_compat; lra | assumption ])) end; lnw; fld
  end.
Ltac wzero := match goal with
  | |- ?a * ln ?b = _ => let Z := fresh in destruct (Req_EM_T a 0) as [Z|Z]; [ rewrite !Z; ring | assert (0 < a) by (first [ (inst; split_all; lra) | (assert (0 <= a) by (first [ nonneg | (defs; nonneg) ]); lra) ]); lnw; fld ]
  end.
Ltac wany := match goal with
  | |- context [?a * ln _] => let Z := fresh in destruct (Req_EM_T a 0) as [Z|Z]; [ rewrite !Z; ring | assert (0 < a) by (first [ (inst; split_all; lra) | (assert (0 <= a) by (first [ nonneg | (defs; nonneg) ]); lra) ]); lnw; fld ]
  end.
Ltac wlog := cbv beta; first [ wlog1 | wparts | wzero | (repeat match goal with |- context [ln (/ ?c * ?b)] => rewrite (Rmult_comm (/ c) b) end; wlog1) | wany ].

Ltac powers := solve [ (rewrite bigprod_exp; eq) | (rewrite bigprod_const by nonneg; eq) | (apply bigprod_ext; intros; powers) | rewrite bigprod_rpow; [ eq | pos ] | rewrite bigprod_rpow0; [ eq | nonneg | intros; nonneg ] | (apply bigprod_one; intros; reflexivity) | (apply bigprod_ext; intros; first [ rewrite bigprod_rpow by pos; eq | rewrite bigprod_rpow0; [ eq | nonneg | intros; nonneg ] ]) ].

Ltac weighted := first
  [ apply weighted_log; [ first [ nonneg | (defs; nonneg) | freq ] | pos ]
  | apply weighted_log0; [ first [ nonneg | (defs; nonneg) | freq ] | first [ nonneg0 | nonneg | (defs; nonneg) | freq ] | first [ implied | someone | (intros; apply Rmult_lt_0_compat; first [ pos | oneof ]) ] ] ].

Ltac mergexp := cbv beta; rewrite ?Rmult_plus_distr_r, ?Rmult_plus_distr_l, <- ?exp_plus;
  repeat match goal with |- context [exp ?a] => progress ring_simplify a end; rewrite ?exp_0; solve [ ring | lra | f_equal; ring ].
(* e^x, e^(-x) and e^(-x/2) in terms of e^(x/2) *)
Ltac halves := match goal with |- context [exp (1 * / 2 * ?x)] =>
    let h := fresh in let P := fresh in
    assert (P := exp_pos (1 * / 2 * x));
    try rewrite (exp_opp_half x); try rewrite (exp_by_halves x); try rewrite (exp_opp_by_halves x);
    generalize dependent (exp (1 * / 2 * x)); intros h P; first [ field; lra | f_equal; field; lra | f_equal; f_equal; field; lra ]
  end.
Ltac mergeexp := cbv beta; solve [ halves | mergexp | f_equal; mergexp | f_equal; f_equal; mergexp ].

Ltac cubed H a := match type of H with ?r * _ = _ =>
  let C := fresh "C" in let D := fresh "D" in assert (C : r ^ 3 = a * r) by (rewrite <- H; ring); assert (D : r ^ 2 = a) by (rewrite <- H; ring);
  field_simplify_eq; rewrite ?C, ?D; ring end.
(* powers of a number with exponents in quarters, by that with the exponent 1/4 *)
Lemma quarters a : 0 < a -> a = rpow a (1 * / 4) ^ 4 /\ rpow a (1 * / 2) = rpow a (1 * / 4) ^ 2 /\ rpow a (3 * / 4) = rpow a (1 * / 4) ^ 3.
Proof.
  intros P. assert (H : forall n, rpow a (1 * / 4) ^ n = Rpower a (1 * / 4 * INR n))
    by (intros n; rewrite rpow_Rpower, <- Rpower_pow, Rpower_mult by (try apply exp_pos; assumption); reflexivity).
  rewrite !H, !rpow_Rpower by assumption. repeat split; [rewrite <- (Rpower_1 a P) at 1| |]; f_equal; simpl; field.
Qed.
(* a polynomial that is at most 2 between 0 and 1: piece by piece, by its factors at the ends *)
Lemma piece a b r : 0 <= a -> a <= r -> r <= b -> b <= 1 -> ((1 + b) * (1 + b * b)) * ((1 + b) * (1 + b * b)) * (1 + - a) <= 2 ->
  ((1 + r) * (1 + r * r)) * ((1 + r) * (1 + r * r)) * (1 + - r) <= 2.
Proof.
  intros A L U B H. apply Rle_trans with (2 := H). assert (S : r * r <= b * b) by nra.
  assert (T : 0 <= (1 + r) * (1 + r * r) <= (1 + b) * (1 + b * b)) by (split; [nra|apply Rmult_le_compat; nra]).
  apply Rmult_le_compat; [nra|lra|apply Rmult_le_compat; lra|lra].
Qed.
Lemma polynomial_at_most_2 r : 0 <= r <= 1 -> ((1 + r) * (1 + r * r)) * ((1 + r) * (1 + r * r)) * (1 + - r) <= 2.
Proof.
  intros [L U].
  destruct (Rle_lt_dec r (29 / 100)); [apply (piece 0 (29 / 100)); lra|].
  destruct (Rle_lt_dec r (21 / 50)); [apply (piece (29 / 100) (21 / 50)); lra|].
  destruct (Rle_lt_dec r (49 / 100)); [apply (piece (21 / 50) (49 / 100)); lra|].
  destruct (Rle_lt_dec r (53 / 100)); [apply (piece (49 / 100) (53 / 100)); lra|].
  destruct (Rle_lt_dec r (14 / 25)); [apply (piece (53 / 100) (14 / 25)); lra|].
  destruct (Rle_lt_dec r (29 / 50)); [apply (piece (14 / 25) (29 / 50)); lra|].
  destruct (Rle_lt_dec r (3 / 5)); [apply (piece (29 / 50) (3 / 5)); lra|].
  destruct (Rle_lt_dec r (61 / 100)); [apply (piece (3 / 5) (61 / 100)); lra|].
  destruct (Rle_lt_dec r (31 / 50)); [apply (piece (61 / 100) (31 / 50)); lra|].
  destruct (Rle_lt_dec r (63 / 100)); [apply (piece (31 / 50) (63 / 100)); lra|].
  destruct (Rle_lt_dec r (16 / 25)); [apply (piece (63 / 100) (16 / 25)); lra|].
  destruct (Rle_lt_dec r (13 / 20)); [apply (piece (16 / 25) (13 / 20)); lra|].
  destruct (Rle_lt_dec r (33 / 50)); [apply (piece (13 / 20) (33 / 50)); lra|].
  destruct (Rle_lt_dec r (67 / 100)); [apply (piece (33 / 50) (67 / 100)); lra|].
  destruct (Rle_lt_dec r (17 / 25)); [apply (piece (67 / 100) (17 / 25)); lra|].
  destruct (Rle_lt_dec r (69 / 100)); [apply (piece (17 / 25) (69 / 100)); lra|].
  destruct (Rle_lt_dec r (7 / 10)); [apply (piece (69 / 100) (7 / 10)); lra|].
  destruct (Rle_lt_dec r (71 / 100)); [apply (piece (7 / 10) (71 / 100)); lra|].
  destruct (Rle_lt_dec r (18 / 25)); [apply (piece (71 / 100) (18 / 25)); lra|].
  destruct (Rle_lt_dec r (73 / 100)); [apply (piece (18 / 25) (73 / 100)); lra|].
  destruct (Rle_lt_dec r (37 / 50)); [apply (piece (73 / 100) (37 / 50)); lra|].
  destruct (Rle_lt_dec r (3 / 4)); [apply (piece (37 / 50) (3 / 4)); lra|].
  destruct (Rle_lt_dec r (77 / 100)); [apply (piece (3 / 4) (77 / 100)); lra|].
  destruct (Rle_lt_dec r (79 / 100)); [apply (piece (77 / 100) (79 / 100)); lra|].
  destruct (Rle_lt_dec r (41 / 50)); [apply (piece (79 / 100) (41 / 50)); lra|].
  destruct (Rle_lt_dec r (87 / 100)); [apply (piece (41 / 50) (87 / 100)); lra|].
  destruct (Rle_lt_dec r (49 / 50)); [apply (piece (87 / 100) (49 / 50)); lra|].
  apply (piece (49 / 50) 1); lra.
Qed.
Ltac in_quarters := match goal with |- context [rpow ?a (1 * / 4)] =>
  let Q := fresh in let H := fresh in let C := fresh in let U := fresh in let r := fresh in
  assert (Q : 0 < a) by pos; destruct (quarters a Q) as [E [H C]]; rewrite ?H, ?C; assert (U := rpow_unit a (1 * / 4) ltac:(lra) ltac:(lra));
  set (r := rpow a (1 * / 4)) in *; clearbody r; clear H C; try rewrite E; first
  [ ring
  | assert (B := polynomial_at_most_2 r U); apply Rmult_le_pos; [ lra | nra ] ] end.
(* a power with a negative exponent *)
Ltac opposites := repeat match goal with |- context [rpow ?a (- ?b)] => rewrite (rpow_opp a b) by pos end; fld.
Ltac roots := first
  [ deltas
  | in_quarters
  | match goal with H : ?a > 0 |- context [rpow ?a (-1 * / 2)] => let E := fresh in assert (E := half_less a H); nra end
  | match goal with |- context [rpow ?a (1 * / 2)] => let H := fresh in assert (H := sqrt_half a ltac:(lra)); generalize dependent (rpow a (1 * / 2)); intros;
      first [ cubed H a | nsatz ] end
  | divisors
  | opposites ].
(* a square root, and the sigmoid function, as numbers of which the bounds are known *)
Ltac rooted := defs; repeat match goal with
  | |- context [/ (1 + exp ?x)] => let H := fresh in assert (H := inv_below_one (exp x) (exp_pos x)); generalize dependent (/ (1 + exp x)); intros
  | |- context [rpow ?a (1 * / 2)] => let H := fresh "H" in let N := fresh "N" in assert (H := sqrt_half a ltac:(lra)); assert (N := rpow_nonneg a (1 * / 2) ltac:(lra)); generalize dependent (rpow a (1 * / 2)); intros
  end; apply Rmult_le_pos; [ apply pow2_ge_0 | nra ].
Ltac paired := match goal with S : bigsum ?n (fun k => ?p k) = 1 |- 0 <= (1 + - delta ?c ?k) * (1 + - ?p ?c + - ?p ?k) * ?p ?k =>
  apply (pair_at_most_1 n p c k S); [ intros; nonneg0 | rng | rng ] end.
Ltac dropped ::= solve [ nonneg | (defs; nonneg) | npos | (defs; npos) | paired | in_quarters | rooted ].

(* the gradient of a function of a vector, part by part *)
Ltac grad := cbv beta; lazymatch goal with
  | |- has_gradient _ (fun _ => ?c) _ _ => apply G_const
  | |- has_gradient _ (fun v => v _) _ _ => apply G_entry; rng
  | |- has_gradient _ (fun v => bigsum _ _) _ _ => eapply G_bigsum; intros; grad
  | |- has_gradient _ (fun v => _ + _) _ _ => eapply G_plus; grad
  | |- has_gradient _ (fun v => - _) _ _ => eapply G_opp; grad
  | |- has_gradient _ (fun v => _ * _) _ _ => eapply G_mult; grad
  | |- has_gradient _ (fun v => / _) _ _ => eapply G_inv; [ cbv beta; nz | grad ]
  | |- has_gradient _ (fun v => exp _) _ _ => eapply G_exp; grad
  | |- has_gradient _ (fun v => ln _) _ _ => eapply G_ln; [ cbv beta; pos | grad ]
  end.
Ltac ends := cbv beta; rewrite ?upd_id, ?upd2_id.
(* what is positive at a point *)
Ltac stays := ends; first [ assumption | pos | (defs; simp; pos) ].
(* the same near the point, for every value of the indices *)
Ltac stay_near := unfold Rgt; repeat (apply near_all; intros); apply near_positive; [ exder | stays ].
Ltac grads := first [ solve [ grad ] | (defs; solve [ grad ]) ].
Ltac slope := intro; first [ der | (defs; der) ].
Ltac chain := defs; dval; unfold Rminus; rewrite <- ?bigsum_scal; apply bigsum_ext; intros; dval; eqs 3%nat.
(* e^(a - ln b) = e^a / b *)
Ltac outlog := rewrite exp_plus, (exp_Ropp (ln _)), exp_ln by pos; ring.
Ltac same_terms := first [ reflexivity | eq0 | eq | apply Rmax_comm | outlog | divisors ].
