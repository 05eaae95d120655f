(* Numbers: what the proofs of counterexamples use. *)
From Flocq Require Import Core.
From Coq Require Import Reals Lra Lia Psatz.
Require Import Laws Tactics Rounding.
Open Scope R_scope.

Lemma bigprod_pow n a : bigprod n (fun _ => a) = a ^ n.
Proof. induction n; simpl; [reflexivity|]. rewrite IHn; ring. Qed.

(* ---- values: indices and sizes are numbers ---- *)
Ltac named := idtac.
Ltac computed := cbv beta iota zeta delta [bigsum bigprod delta upd upd2 Nat.eq_dec nat_rec nat_rect sumbool_rec sumbool_rect
  INR pred Nat.sub not_eq_sym eq_sym f_equal] in *.
Ltac powers0 := repeat match goal with
  | |- context [rpow ?a 0] => rewrite (rpow_0 a)
  | |- context [rpow ?a 1] => rewrite (rpow_1 a) by lra
  end.
Ltac arguments := repeat match goal with
  | |- context [exp ?a] => progress ring_simplify a
  | |- context [rpow _ ?a] => progress ring_simplify a
  end; rewrite ?exp_0; powers0.

(* ---- logarithms of numbers, by those of 2, 3, 5 and 7 ---- *)
Lemma ln_below a : 0 < a -> ln a <= a - 1.
Proof. intros H. assert (E := exp_ineq1_le (ln a)). rewrite exp_ln in E by assumption. lra. Qed.
Lemma ln_above a : 0 < a -> 1 - / a <= ln a.
Proof. intros H. assert (E := ln_below (/ a) ltac:(apply Rinv_0_lt_compat; assumption)). rewrite ln_Rinv in E by assumption. lra. Qed.
Lemma ln_2_above : 1 / 2 <= ln 2. Proof. assert (E := ln_above 2 ltac:(lra)). lra. Qed.
Lemma ln_3_below_ln_5 : 7 * ln 3 < 5 * ln 5.
Proof.
  replace (7 * ln 3) with (ln (3 ^ 7)) by (rewrite ln_pow by lra; simpl INR; ring).
  replace (5 * ln 5) with (ln (5 ^ 5)) by (rewrite ln_pow by lra; simpl INR; ring).
  apply ln_increasing; lra.
Qed.
Lemma ln_3_positive : 0 < ln 3. Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Lemma ln_5_positive : 0 < ln 5. Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Ltac product a b c := replace a with (b * c) by lra; rewrite (ln_mult b c) by lra.
Lemma ln_4 : ln 4 = 2 * ln 2. Proof. product 4 2 2. ring. Qed.
Lemma ln_9 : ln 9 = 2 * ln 3. Proof. product 9 3 3. ring. Qed.
Lemma ln_10 : ln 10 = ln 2 + ln 5. Proof. product 10 2 5. ring. Qed.
Lemma ln_49 : ln 49 = 2 * ln 7. Proof. product 49 7 7. ring. Qed.
Lemma ln_50 : ln 50 = ln 2 + 2 * ln 5. Proof. product 50 10 5. rewrite ln_10. ring. Qed.
Lemma ln_100 : ln 100 = 2 * ln 2 + 2 * ln 5. Proof. product 100 10 10. rewrite ln_10. ring. Qed.
Lemma ln_50_49 : ln 2 + 2 * ln 5 - 2 * ln 7 <= 1 / 49.
Proof.
  assert (E := ln_below (50 * / 49) ltac:(lra)). rewrite ln_mult, ln_Rinv, ln_50, ln_49 in E by lra. lra.
Qed.
Ltac logarithms := rewrite ?ln_mult, ?ln_Rinv, ?ln_mult, ?ln_Rinv by lra;
  rewrite ?ln_1, ?ln_4, ?ln_9, ?ln_10, ?ln_49, ?ln_50, ?ln_100;
  pose proof ln_2_above; pose proof ln_3_below_ln_5; pose proof ln_3_positive; pose proof ln_5_positive;
  pose proof ln_50_49; lra.
(* ---- exponentials: e is above 2 ---- *)
Lemma e_above : 2 < exp 1. Proof. assert (E := exp_ineq1 1 ltac:(lra)). lra. Qed.
Lemma exp_2 : exp 2 = exp 1 * exp 1. Proof. rewrite <- exp_plus. f_equal; ring. Qed.
Lemma exp_3 : exp 3 = exp 1 * exp 1 * exp 1. Proof. rewrite <- !exp_plus. f_equal; ring. Qed.
Ltac exponentials := arguments; rewrite ?exp_2, ?exp_3; pose proof e_above; pose proof (exp_pos 1);
  generalize dependent (exp 1); intros e; intros.

(* ---- derivatives ---- *)
Ltac inner := match goal with |- context [Derive (fun t => Derive (@?f t) (@?x t)) ?a] =>
  let g := fresh in evar (g : R -> R);
  let E := fresh in assert (E : forall t, Derive (f t) (x t) = g t)
    by (let t := fresh in intros t; unfold g; cbv beta; apply is_derive_unique; der);
  rewrite (Derive_ext _ g a E); unfold g; clear E; clear g; cbv beta end.
Ltac slopes := repeat inner; dval.

(* near a number below the bound a clipped number is the bound *)
Lemma clipped_has_no_slope a b : a < b -> Derive (fun t => - ln (Rmax t b)) a = 0.
Proof.
  intros H. rewrite (Derive_ext_loc _ (fun _ => - ln b)); [apply Derive_const|].
  exists (mkposreal (b - a) ltac:(lra)). intros y Hy. unfold ball in Hy; simpl in Hy; unfold AbsRing_ball, abs, minus, plus, opp in Hy; simpl in Hy.
  rewrite Rmax_right; [reflexivity|]. apply Rabs_def2 in Hy. lra.
Qed.

(* ---- integrals ---- *)
Lemma integral_of_the_variable : RInt (fun p => p) 0 1 = 1 / 2.
Proof.
  apply is_RInt_unique. replace (1 / 2) with (minus (1 ^ 2 / 2) (0 ^ 2 / 2)) by (unfold minus, plus, opp; simpl; field).
  apply (is_RInt_derive (fun p => p ^ 2 / 2) (fun p => p)).
  - intros; auto_derive; [trivial|field].
  - intros; apply continuous_id.
Qed.
Lemma integral_of_powers a : 0 < a -> RInt (fun y => rpow a y * rpow a (1 + - y)) 0 1 = a.
Proof.
  intros H. rewrite (RInt_ext _ (fun _ => a)).
  - rewrite RInt_const. unfold scal; simpl; unfold mult; simpl. ring.
  - intros y _. rewrite <- rpow_plus by assumption. replace (y + (1 + - y)) with 1 by ring. apply rpow_1; lra.
Qed.

(* ---- a statement without letters, and the negation of one ---- *)
Ltac cleared := rewrite ?Rplus_0_l, ?Rmult_0_l, ?Rmult_1_l.
Ltac clipped := unfold Rmax; repeat destruct Rle_dec; try lra.
Lemma ln_differs a b : 0 < a -> 0 < b -> a <> b -> ln a <> ln b.
Proof. intros Ha Hb N E. apply N. apply ln_inv; assumption. Qed.
Ltac other_logarithms := match goal with |- - ln ?a = - ln ?b -> False =>
  let H := fresh in intros H; apply (ln_differs a b); [ lra | lra | lra | lra ] end.
Ltac same_logarithms := match goal with |- ln ?a = ln ?b -> False =>
  let H := fresh in intros H; apply ln_inv in H; [ revert H; exponentials; lra | exponentials; lra | exponentials; lra ] end.
Ltac below_2 := let H := fresh in assert (H : ln (1 + exp (- (1))) < ln (1 + 1)) by
  (assert (P := exp_pos (- (1))); assert (Q := exp_increasing (- (1)) 0 ltac:(lra)); rewrite exp_0 in Q; apply ln_increasing; lra); lra.
Ltac quotients := exponentials; match goal with H : _ = _ |- False => field_simplify_eq in H; solve [ nra | split; nra ] end.
Ltac nothing := match goal with |- ?x > 0 -> False => replace x with 0 by fld; lra end.
Ltac curvature := slopes; simpl; replace (- (-3)) with 3 by lra; match goal with |- ?x >= 0 -> False =>
  pose proof e_above; pose proof (exp_pos 3); assert (8 < exp 3) by (rewrite exp_3; nra); generalize dependent (exp 3); intros e; intros;
  assert (0 < / (1 + e) ^ 4) by (apply Rinv_0_lt_compat, pow_lt; lra);
  assert (e * e * (2 - e) * / (1 + e) ^ 4 >= 0) by (match goal with H : _ >= 0 |- ?y >= 0 =>
    eapply Rge_trans; [ right | exact H ]; field; lra end);
  assert (0 < e * e * (e - 2) * / (1 + e) ^ 4) by (apply Rmult_lt_0_compat; [ nra | assumption ]); lra end.
Ltac integrals := rewrite ?integral_of_the_variable; try lra; replace (1 + - (1 * / 2)) with (1 * / 2) by lra;
  rewrite integral_of_powers by lra; lra.
Ltac halves_of_one := repeat match goal with
  |- context [rounded ((1 * / 2) ^ ?n)] => let e := eval vm_compute in (- Z.of_nat n)%Z in
    replace ((1 * / 2) ^ n) with (bpow radix2 e) by (rewrite half_power; reflexivity) end.
Ltac rounds := halves_of_one; solve [
    exact finite_36 | exact sum_finite_36 | exact sigmoid_finite_36 | apply sigmoid_36
  | (eapply Rlt_le_trans; [ apply softplus_below | ]; lra)
  | (rewrite rounded_power by lia; first [ apply bpow_lt; lia | apply bpow_gt_0 | (unfold is_finite; rewrite Rabs_pos_eq by apply bpow_ge_0; apply bpow_lt; lia) ])
  | (apply pow_lt; lra)
  | (intros [_ H]; rewrite rounded_half_of_smallest in H; lra)
  | (intros (_ & _ & H & _); exact (exp_710_overflows H))
  | (replace (- (37)) with (-37) by lra; rewrite sum_37, Rinv_1, ?(rounded_whole 1 eq_refl); lra)
  | (rewrite sum_37, ln_1; intros (_ & _ & _ & H); assert (E := softplus_positive (-37)); lra) ].
Ltac closed := solve [
    lra
  | rounds
  | (clipped; other_logarithms)
  | (rewrite clipped_has_no_slope by lra; slopes; lra)
  | (cleared; lra)
  | (powers0; logarithms)
  | (arguments; cleared; solve [ logarithms | lra ])
  | clipped
  | integrals
  | nothing
  | same_logarithms
  | (arguments; below_2)
  | quotients
  | curvature
  | (slopes; simpl; lra) ].
Ltac fails := repeat match goal with |- _ /\ _ => split end; try reflexivity; repeat named;
  rewrite ?bigprod_pow; computed;
  match goal with
  | |- ~ _ => let H := fresh in intros H; revert H; try solve [ closed ]
  | _ => try solve [ closed ] end.
