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
(* two logarithms of which one is larger; logarithms of a half; exponentials of logarithms of 2 and 4 *)
Ltac ordered_logarithms := match goal with |- context [ln ?a] => match goal with |- context [ln ?b] =>
  let H := fresh in assert (H : ln a < ln b) by (apply ln_increasing; lra); lra end end.
Ltac logarithms_of_a_half := rewrite ?Ropp_0, ?exp_0; repeat match goal with |- context [ln ?a] =>
  lazymatch a with / 2 => fail | 2 => fail | _ => replace a with (/ 2) by lra end end;
  rewrite (ln_Rinv 2) by lra; pose proof ln_2_above; lra.
Ltac same_exponentials := match goal with |- exp ?a = exp ?b -> False =>
  let H := fresh in intros H; apply exp_inv in H; rewrite ln_4 in H; pose proof ln_2_above; lra end.
Lemma ln_8 : ln 8 = 3 * ln 2. Proof. product 8 4 2. rewrite ln_4. ring. Qed.
Ltac power_of_2 := match goal with |- context [exp ?a] => first
  [ replace (exp a) with 1 by (rewrite <- exp_0; f_equal; lra)
  | replace (exp a) with 2 by (rewrite <- (exp_ln 2) at 1 by lra; f_equal; rewrite ln_4; lra)
  | replace (exp a) with 4 by (rewrite <- (exp_ln 4) at 1 by lra; f_equal; lra)
  | let E := fresh in assert (E : exp a * exp a = 8) by (rewrite <- exp_plus, <- (exp_ln 8) by lra; f_equal; rewrite ln_8, ln_4; lra);
    pose proof (exp_pos a); generalize dependent (exp a); intros ? ? ? ] end.
Ltac powers_of_2 := repeat power_of_2; solve [ lra | nra | (intros; nra) ].
(* logarithms of 4 and 8 and of their parts, by those of primes *)
Lemma ln_7_below : 7 * ln 7 < 4 * ln 2 + 3 * ln 3 + 5 * ln 5.
Proof.
  replace (7 * ln 7) with (ln (7 ^ 7)) by (rewrite ln_pow by lra; simpl INR; ring).
  replace (4 * ln 2 + 3 * ln 3 + 5 * ln 5) with (ln (2 ^ 4 * 3 ^ 3 * 5 ^ 5)) by (rewrite !ln_mult, !ln_pow by lra; simpl INR; ring).
  apply ln_increasing; lra.
Qed.
Ltac part_of a b c := let E := fresh in assert (E : ln a = ln b - ln c) by
  (replace a with (b * / c) by field; rewrite ln_mult, ln_Rinv by lra; ring); rewrite E; clear E.
Ltac parts_of_8 := repeat match goal with |- context [ln ?a] => first
  [ part_of a 8 5 | part_of a 8 7 | part_of a 4 5 | part_of a 4 3 | part_of a 4 7 | part_of a 8 2 ] end;
  rewrite ?ln_8, ?ln_4; pose proof ln_7_below; lra.
(* logarithms of two shares, of which the one of the larger sum is smaller *)
Ltac shares_in_order := replace (/ 2 * 2) with 1 by lra; exponentials; match goal with X : - _ < - _ |- _ => revert X end; match goal with |- context [ln (/ ?a * ?c)] =>
  match goal with |- context [ln (/ ?b * c)] => let H := fresh in
    assert (H : ln (/ a * c) < ln (/ b * c)) by (apply ln_increasing;
      [ apply Rmult_lt_0_compat; [ apply Rinv_0_lt_compat; nra | lra ]
      | apply Rmult_lt_compat_r; [ lra | apply Rinv_lt_contravar; nra ] ]); lra end end.
(* two numbers that sum to 1 have their largest product where they are equal *)
Ltac largest_product := rewrite ?Rplus_0_r, ?Ropp_0, ?exp_0; match goal with |- context [/ (1 + exp ?a)] =>
  let P := fresh "P" in let L := fresh "L" in let S := fresh "S" in let X := fresh "X" in
  assert (P := exp_pos a); assert (L : exp a < exp 0) by (apply exp_increasing; lra); rewrite exp_0 in L;
  assert (S : / (1 + exp a) * (1 + exp a) = 1) by (apply Rinv_l; lra); assert (0 < / (1 + exp a)) by (apply Rinv_0_lt_compat; lra);
  generalize dependent (/ (1 + exp a)); intros s S ?; assert (/ 2 < s) by nra; assert (s < 1) by nra;
  assert (X : ln (s * (1 + - s)) < ln (/ (1 + 1) * / (1 + 1))) by (apply ln_increasing; [ nra | nra ]);
  rewrite !ln_mult in X by lra; replace (1 + - / (1 + 1)) with (/ (1 + 1)) by lra; lra end.
(* a number below 1/8, in a logarithm; a number and its reciprocal; a quotient by a logarithm *)
Ltac below_an_eighth := replace (1 + - (1)) with 0 by lra; powers0; match goal with |- context [ln ?a] => let L := fresh in
  assert (L : ln a < ln (/ 8)) by (apply ln_increasing; lra); rewrite (ln_Rinv 8), ln_8 in L by lra; lra end.
Ltac reciprocal_logarithms := match goal with |- context [ln ?a] => match goal with |- context [ln ?b] => let E := fresh in
  assert (E : ln b = - ln a) by (pose proof (exp_pos 1); rewrite <- ln_Rinv by pos; f_equal; rewrite ?exp_Ropp, ?exp_0; field; lra); lra end end.
Ltac quotients_of_logarithms := match goal with |- exp _ = exp _ -> False => let H := fresh in
  intros H; apply exp_inv in H; rewrite ln_4 in H; pose proof ln_2_above;
  match type of H with _ = ?b => replace b with (ln 2) in H by (field; lra) end; lra end.
(* square roots of numbers between bounds whose squares are known *)
Lemma root_below r a u : r * r = a -> 0 <= u -> a <= u * u -> r <= u.
Proof. intros. nra. Qed.
Lemma root_above r a u : 0 <= r -> r * r = a -> 0 <= u -> u * u <= a -> u <= r.
Proof. intros. nra. Qed.
Ltac rooted_numbers := lazymatch goal with |- context [rpow _ (1 * / 2)] => idtac end;
  repeat match goal with |- context [rpow ?a (1 * / 2)] =>
    let H := fresh in let N := fresh in let U := fresh in let L := fresh in let r := fresh in
    assert (H := sqrt_half a ltac:(lra)); assert (N := rpow_nonneg a (1 * / 2) ltac:(lra)); set (r := rpow a (1 * / 2)) in *;
    first [ assert (L := root_above r a (96 / 100) N H ltac:(lra) ltac:(lra))
      | (assert (U := root_below r a (9 / 10) H ltac:(lra) ltac:(lra)); assert (L := root_above r a (24 / 100) N H ltac:(lra) ltac:(lra)));
        try let V := fresh in assert (V := root_below r a (45 / 100) H ltac:(lra) ltac:(lra)) ]; clearbody r; clear H N end; lra.
(* focal loss at numbers: by bounds of the logarithms of 2 and 5 *)
Lemma ln_5_above : 159 / 100 <= ln 5.
Proof.
  assert (E := e_from_above). assert (P := exp_pos 1). assert (C : exp 3 <= 201243 / 10000) by (rewrite exp_3; nra).
  assert (A := ln_above (25 * / exp 3) ltac:(apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat, exp_pos])).
  rewrite ln_mult, ln_Rinv, ln_exp in A by (first [ lra | apply exp_pos | apply Rinv_0_lt_compat, exp_pos ]).
  replace (ln 25) with (2 * ln 5) in A by (product 25 5 5; ring).
  replace (/ (25 * / exp 3)) with (exp 3 / 25) in A by (field; apply Rgt_not_eq, exp_pos). lra.
Qed.
Lemma ln_2_below : ln 2 <= 737 / 1000.
Proof.
  assert (E := e_from_below). assert (P := exp_pos 1).
  assert (A := ln_below (4 * / exp 1) ltac:(apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat, exp_pos])).
  rewrite ln_mult, ln_Rinv, ln_exp, ln_4 in A by (first [ lra | apply Rinv_0_lt_compat; lra ]).
  assert (/ exp 1 <= / (2783 * / 1024)) by (apply Rinv_le_contravar; lra). lra.
Qed.
Ltac focal_numbers := lazymatch goal with |- context [rpow _ 2] => idtac end;
  repeat match goal with |- context [rpow ?a 2] =>
    replace (rpow a 2) with (a * a) by (rewrite rpow_Rpower by lra; change 2 with (INR 2); rewrite Rpower_pow by lra; simpl; ring) end;
  match goal with |- context [ln (1 + - (627 * / 1000))] =>
    let A := fresh in let B := fresh in let C := fresh in let D := fresh in
    assert (A := ln_above (627 * / 1000) ltac:(lra)); assert (B := ln_above (1 + - (627 * / 1000)) ltac:(lra));
    replace (/ (627 * / 1000)) with (1000 / 627) in A by field; replace (/ (1 + - (627 * / 1000))) with (1000 / 373) in B by (field; lra);
    assert (C : ln (4 * / 5) = 2 * ln 2 - ln 5) by (rewrite ln_mult, ln_Rinv, ln_4 by lra; ring);
    assert (D : ln (1 + - (4 * / 5)) = - ln 5) by (replace (1 + - (4 * / 5)) with (/ 5) by lra; apply ln_Rinv; lra);
    rewrite C, D; pose proof ln_5_above; pose proof ln_2_below; lra end.
(* second derivatives that are equal to a bound; a slope that is another by a factor; curvature of focal loss *)
Ltac quadratic_forms := lazymatch goal with |- ?a < _ -> False => lazymatch a with context [Derive] => idtac end end;
  slopes; match goal with |- ?a < ?b -> _ => replace a with b by (rewrite ?exp_0; pose proof (exp_pos 1); field; lra) end; lra.
Ltac smaller_slope := lazymatch goal with |- ?a = _ -> False => lazymatch a with context [Derive] => idtac end end;
  slopes; match goal with |- context [exp (/ 2)] =>
  let P := fresh in let E := fresh in let h := fresh in let R := fresh in
  assert (P := exp_increasing 0 (/ 2) ltac:(lra)); rewrite exp_0 in P; generalize dependent (exp (/ 2)); intros h P E;
  match type of E with ?l = ?r => replace l with (/ 2 * (/ 2 - / (h + 1) * h)) in E by (field; lra) end;
  assert (R : / (h + 1) * h = 1 - / (h + 1)) by (field; lra); assert (/ (h + 1) < / 2) by (apply Rinv_lt_contravar; lra); lra end.
Ltac focal_curvature := lazymatch goal with |- ?a >= 0 -> False => lazymatch a with context [Derive] => idtac end end;
  slopes; replace (- (-5)) with 5 by lra;
  assert (4 < exp 5) by (assert (E := exp_ineq1 5 ltac:(lra)); lra);
  assert (L : ln (/ (1 + exp 5)) <= -5) by (rewrite ln_Rinv by lra; assert (E := ln_increasing (exp 5) (1 + exp 5) ltac:(lra) ltac:(lra)); rewrite ln_exp in E; lra);
  generalize dependent (ln (/ (1 + exp 5))); intros l L; generalize dependent (exp 5); intros e P;
  replace (rpow (1 + - / (1 + e)) 2) with ((1 + - / (1 + e)) ^ 2) by (rewrite rpow_Rpower, <- Rpower_pow by (assert (I := inv_below_one e ltac:(lra)); lra); f_equal; simpl; ring);
  match goal with |- ?x >= 0 -> False => replace x with (/ (1 + e) * (1 + - / (1 + e)) ^ 2 * ((2 - 6 * / (1 + e)) * l + 5 * (1 - / (1 + e)))) by (field; lra) end;
  assert (/ (1 + e) < / 5) by (apply Rinv_lt_contravar; lra); assert (I := inv_below_one e ltac:(lra));
  generalize dependent (/ (1 + e)); intros q; intros;
  assert (0 < q * (1 + - q) ^ 2) by (apply Rmult_lt_0_compat; [ lra | apply pow_lt; lra ]);
  assert ((2 - 6 * q) * l <= (2 - 6 * q) * -5) by (apply Rmult_le_compat_l; lra); nra.
(* squared error that bends down; the slope of a mean in which the weights move too; sizes below a quadratic form *)
Ltac bends_down := lazymatch goal with |- ?a >= 0 -> False => lazymatch a with context [Derive] =>
    lazymatch a with context [exp 4] => idtac end end end;
  slopes; simpl; rewrite ?exp_0; assert (P := exp_increasing 0 4 ltac:(lra)); rewrite exp_0 in P;
  generalize dependent (exp 4); intros g P;
  match goal with |- ?x >= 0 -> False => replace x with (- (4 * (g ^ 2 + g + 1) * (g - 1) * / (g + 2) ^ 4)) by (field; lra) end;
  assert (0 < 4 * (g ^ 2 + g + 1) * (g - 1) * / (g + 2) ^ 4) by
    (apply Rmult_lt_0_compat; [ nra | apply Rinv_0_lt_compat, pow_lt; lra ]); lra.
Ltac moving_weights := lazymatch goal with |- - Derive _ _ = Derive _ _ -> False => idtac end;
  slopes; rewrite ?exp_0; assert (P := exp_ineq1 1 ltac:(lra));
  assert (S : 0 < / (exp 1 + 1)) by (apply Rinv_0_lt_compat; lra);
  assert (E : / (exp 1 + 1) * exp 1 = 1 - / (exp 1 + 1)) by (field; lra);
  assert (F : 0 < exp 1 * / (exp 1 + 1) ^ 2) by (apply Rmult_lt_0_compat; [ lra | apply Rinv_0_lt_compat, pow_lt; lra ]);
  match goal with |- ?x = ?y -> False => match x with context [ln ?a] =>
    assert (L : ln a < ln 1) by (apply ln_increasing; [ apply Rmult_lt_0_compat; lra | lra ]); rewrite ln_1 in L;
    assert (D : x - y = exp 1 * / (exp 1 + 1) ^ 2 * ln a) by (field; lra);
    let H := fresh in intros H; rewrite H, Rminus_eq_0 in D; symmetry in D; apply Rmult_integral in D; lra end end.
Ltac sizes_below := lazymatch goal with |- _ <= _ + _ * Rmax _ _ + _ * Rmax _ _ + _ * Rmax _ _ -> False => idtac end;
  slopes; rewrite ?exp_0; assert (P := exp_ineq1 4 ltac:(lra)); generalize dependent (exp 4); intros g P;
  assert (E : / (g + 1 + 1) * g = 1 - 2 * / (g + 1 + 1)) by (field; lra);
  assert (B : / (g + 1 + 1) < / 4) by (apply Rinv_lt_contravar; lra);
  assert (S : 0 < / (g + 1 + 1)) by (apply Rinv_0_lt_compat; lra);
  match goal with |- ?a <= _ -> False => replace a with (8 * / (g + 1 + 1) * (1 - 2 * / (g + 1 + 1))) by (field; lra) end;
  rewrite E; clear E; generalize dependent (/ (g + 1 + 1)); intros s S; unfold Rmax; repeat destruct Rle_dec; nra.
(* a quadratic form of three classes, of which two are alike *)
Ltac three_classes := lazymatch goal with |- ?a <= _ -> False => lazymatch a with context [Derive] => idtac end end;
  slopes; assert (P := exp_pos (-5)); assert (L := exp_increasing (-5) 0 ltac:(lra)); rewrite exp_0 in L;
  generalize dependent (exp (-5)); intros e P L;
  match goal with |- ?a <= ?b -> False => replace a with (2 * / (1 + 1 + e)) by (field; lra);
    replace b with (3 * (1 - / (1 + 1 + e)) * / (1 + 1 + e)) by (field; lra) end;
  assert (/ 3 < / (1 + 1 + e)) by (apply Rinv_lt_contravar; lra); generalize dependent (/ (1 + 1 + e)); intros; nra.
(* a step of Newton's method from 3 goes to below -3, and there the loss is larger *)
Lemma product_falls f g : 0 < f -> / f < g -> f < 1 -> (1 + - / (1 + g)) * / (1 + g) < (1 + - / (1 + f)) * / (1 + f).
Proof.
  intros F G L. assert (I : 1 < / f) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra). assert (J : f * / f = 1) by (apply Rinv_r; lra).
  assert (K : 1 < f * g) by (rewrite <- J; apply Rmult_lt_compat_l; assumption).
  apply Rmult_lt_reg_r with ((1 + g) ^ 2 * (1 + f) ^ 2); [apply Rmult_lt_0_compat; apply pow_lt; lra|].
  replace ((1 + - / (1 + g)) * / (1 + g) * ((1 + g) ^ 2 * (1 + f) ^ 2)) with (g * (1 + f) ^ 2) by (field; lra).
  replace ((1 + - / (1 + f)) * / (1 + f) * ((1 + g) ^ 2 * (1 + f) ^ 2)) with (f * (1 + g) ^ 2) by (field; lra).
  assert (0 < (g - f) * (f * g - 1)) by (apply Rmult_lt_0_compat; lra). nra.
Qed.
Ltac longest_step := lazymatch goal with |- context [- (0 + 3 * 1)] => idtac end;
  repeat match goal with |- context [- (0 + 3 * 1)] => replace (- (0 + 3 * 1)) with (- (3)) by ring end;
  rewrite ?Rmult_0_l, ?Ropp_0, ?Rplus_0_l, ?Rplus_0_r, ?Rmult_1_l, ?Rplus_opp_r, ?Rmult_0_l, ?Ropp_0, ?Rplus_0_l, ?Rplus_0_r, ?Rmult_1_r;
  assert (T : / exp 3 < / 20) by (assert (E := e_from_below); apply Rinv_lt_contravar; [ apply Rmult_lt_0_compat; [ lra | apply exp_pos ] | rewrite exp_3; nra ]);
  assert (J : exp 3 = / exp (- (3))) by (rewrite exp_Ropp, Rinv_inv; reflexivity); rewrite J, Rinv_inv in T;
  assert (P := exp_pos (- (3)));
  match goal with |- context [exp (- (- (?a) + 3))] =>
    assert (W : 3 < - (- (a) + 3)) by (clear J; generalize dependent (exp (- (3))); intros f T P;
      match goal with |- _ < ?x => replace x with ((/ f - f) * / 2 - 3) by (field; lra) end;
      assert (20 < / f) by (rewrite <- (Rinv_inv 20); apply Rinv_lt_contravar; [ apply Rmult_lt_0_compat; lra | exact T ]); lra);
    apply exp_increasing in W; rewrite J in W; generalize dependent (exp (- (- (a) + 3))); generalize dependent (exp (- (3))) end;
  intros f T J P g W; assert (D := product_falls f g P W ltac:(lra)); assert (0 < / f) by (apply Rinv_0_lt_compat, P);
  assert (A := inv_below_one f P); assert (B := inv_below_one g ltac:(lra));
  apply ln_increasing in D; [ rewrite !ln_mult in D by lra; lra | apply Rmult_lt_0_compat; lra ].
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
  | (intros [_ H]; apply rounded_exp_of_little; lra)
  | (intros [_ H]; rewrite rounded_half_of_smallest in H; lra)
  | (intros (_ & _ & H & _); exact (exp_710_overflows H))
  | (replace (- (37)) with (-37) by lra; rewrite sum_37, Rinv_1, ?(rounded_whole 1 eq_refl); lra)
  | (rewrite sum_37, ln_1; intros (_ & _ & _ & H); assert (E := softplus_positive (-37)); lra) ].
(* a loss above the chord of two others *)
Lemma loss_of_lead a b x : b = 0 -> - (0 + 1 * ln (/ (0 + exp a + exp b) * exp a) + 0 * x) = ln (1 + exp (- a)).
Proof.
  intros ->. rewrite exp_0. assert (P := exp_pos a). assert (Q := exp_pos (- a)).
  replace (/ (0 + exp a + 1) * exp a) with (/ (1 + exp (- a))) by (rewrite exp_Ropp; field; lra). rewrite ln_Rinv by lra. ring.
Qed.
Lemma over_chord a b c : a <= / 2 -> 0 <= b -> 8 <= c ->
  1 * / 2 * ln (1 + exp (- b)) + 1 * / 2 * ln (1 + exp (- c)) < ln (1 + exp (- a)).
Proof.
  intros A B C. assert (E : / 2 <= exp (- a)) by (assert (H := exp_ineq1_le (- a)); lra).
  assert (F : exp (- b) <= 1) by (rewrite <- exp_0; destruct B as [B| <-]; [left; apply exp_increasing; lra|rewrite Ropp_0; right; reflexivity]).
  assert (G : exp (- c) <= / 9) by (rewrite exp_Ropp; apply Rinv_le_contravar; [lra|assert (H := exp_ineq1_le c); lra]).
  assert (U := exp_pos (- a)). assert (V := exp_pos (- b)). assert (W := exp_pos (- c)).
  assert (L : ln ((1 + exp (- b)) * (1 + exp (- c))) < ln ((1 + exp (- a)) * (1 + exp (- a)))) by
    (apply ln_increasing; [apply Rmult_lt_0_compat; lra|apply Rle_lt_trans with (2 * (10 / 9)); [apply Rmult_le_compat; lra|];
     apply Rlt_le_trans with (3 / 2 * (3 / 2)); [lra|apply Rmult_le_compat; lra]]).
  rewrite !ln_mult in L by lra. lra.
Qed.
Ltac chord := lazymatch goal with |- _ <= 1 * / 2 * - _ + 1 * / 2 * - _ -> False => rewrite !loss_of_lead by ring end;
  apply Rlt_not_le, over_chord; first [ lra | match goal with |- _ <= / (?a + ?b) * _ => let n := fresh in
    assert (n : 0 < / (a + b)) by (apply Rinv_0_lt_compat; lra) end; lra | match goal with |- _ <= / ?a * _ => replace a with 1 by lra; lra end ].
(* a probability so near to 0, or to 1, that one less it is rounded to 1, or to 0 *)
Ltac rounded_complements := intros (P & H); first
  [ rewrite (rounded_exp_near_one _) in P by (simpl; lra); replace (1 + - (1)) with 0 in P by lra;
    rewrite (rounded_whole 0 eq_refl) in P; lra
  | destruct H as [_ H]; assert (E := exp_minus_40); rewrite (rounded_below_one _ E), ln_1 in H; simpl in E;
    assert (L := ln_increasing (1 + - exp (-40)) 1 ltac:(lra) ltac:(lra)); rewrite ln_1 in L; lra ].
(* the mean of the logits ln 9 and ln 3/2, beside that of the probabilities .9 and .6: the root of 27/2 is above 3.6 *)
Lemma mean_of_logits x : x = 1 * / 2 * (ln 9 + ln (3 * / 2)) -> 36 / 10 < exp x.
Proof.
  intros ->. assert (P := exp_pos (1 * / 2 * (ln 9 + ln (3 * / 2)))).
  assert (S : exp (1 * / 2 * (ln 9 + ln (3 * / 2))) * exp (1 * / 2 * (ln 9 + ln (3 * / 2))) = 27 / 2).
  { rewrite <- exp_plus. replace (_ + _) with (ln 9 + ln (3 * / 2)) by lra. rewrite exp_plus, !exp_ln by lra. lra. }
  nra.
Qed.
Ltac pooled := lazymatch goal with |- context [exp (ln 9)] => idtac end;
  match goal with |- context [exp (?a * (0 + 0 + 0))] => replace (a * (0 + 0 + 0)) with 0 by ring end;
  rewrite ?exp_0, (exp_ln 9), (exp_ln (3 * / 2)) by lra;
  match goal with |- context [/ (0 + exp ?x + 1)] => let E := fresh in let I := fresh in let J := fresh in let r := fresh in
    assert (E := mean_of_logits x ltac:(field)); set (r := exp x) in *; clearbody r;
    assert (I : / (0 + r + 1) * (r + 1) = 1) by (field; lra); assert (J : 0 < / (0 + r + 1)) by (apply Rinv_0_lt_compat; lra);
    assert (0 < / (0 + r + 1) * (r - 36 / 10)) by (apply Rmult_lt_0_compat; lra); set (/ (0 + r + 1)) in *; ordered_logarithms end.
(* focal loss of a power of the probability 1/2 *)
Lemma rpow_2 a : 0 < a -> rpow a 2 = a * a.
Proof. intros P. rewrite rpow_Rpower by exact P. change 2 with (INR 2). rewrite Rpower_pow by exact P. simpl; ring. Qed.
Ltac focal_of_power := match goal with |- context [exp (4 * ln (1 * / 2))] =>
  replace (exp (4 * ln (1 * / 2))) with (1 * / 16) by
    (replace 4 with (INR 4) by (simpl; lra); rewrite exp_many, exp_ln by lra; simpl; lra) end;
  rewrite !rpow_2, (ln_mult 1 (/ 2)), ln_1, ln_Rinv by lra; pose proof ln_2_above; lra.
Ltac closed := solve [
    lra
  | rounds
  | bends_down
  | moving_weights
  | sizes_below
  | three_classes
  | chord
  | quadratic_forms
  | smaller_slope
  | focal_curvature
  | longest_step
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
  | (slopes; simpl; lra)
  | ordered_logarithms
  | logarithms_of_a_half
  | same_exponentials
  | powers_of_2
  | parts_of_8
  | largest_product
  | shares_in_order
  | below_an_eighth
  | reciprocal_logarithms
  | quotients_of_logarithms
  | rooted_numbers
  | focal_numbers
  | rounded_complements
  | pooled
  | focal_of_power ].
Ltac fails := repeat match goal with |- _ /\ _ => split end; try reflexivity; repeat named;
  rewrite ?bigprod_pow; computed;
  match goal with
  | |- ~ _ => let H := fresh in intros H; revert H; try solve [ closed ]
  | _ => try solve [ closed ] end.
