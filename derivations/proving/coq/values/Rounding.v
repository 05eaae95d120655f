(* Rounding: what a computer keeps of a number, and bounds of e. *)
From Flocq Require Import Core.
From Coq Require Import Reals Lra Lia Psatz ZArith.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(* binary64: 53 binary digits, and powers of two from -1074 up to 1023; to the nearest, ties to even *)
Definition rounded (x : R) : R := round radix2 (FLT_exp (-1074) 53) ZnearestE x.
Definition is_finite (x : R) : Prop := Rabs x < bpow radix2 1024.

(* e from both sides, by powers of bounds of e^(1/32) and e^(1/16) *)
Lemma exp_many n x : exp (INR n * x) = exp x ^ n.
Proof. induction n; [simpl; rewrite Rmult_0_l; apply exp_0|]. rewrite S_INR, Rmult_plus_distr_r, exp_plus, IHn, Rmult_1_l; simpl; ring. Qed.
Lemma exp_whole n : exp (INR n) = exp 1 ^ n.
Proof. rewrite <- exp_many, Rmult_1_r; reflexivity. Qed.
Lemma power_above p q a b n : (0 < q)%Z -> (0 < b)%Z -> (p * b ^ Z.of_nat n <= q * a ^ Z.of_nat n)%Z ->
  IZR p * / IZR q <= (IZR a * / IZR b) ^ n.
Proof.
  intros Hq Hb H. assert (Q : 0 < IZR q) by (apply IZR_lt; assumption). assert (B : 0 < IZR b) by (apply IZR_lt; assumption).
  assert (P := pow_lt _ n B). rewrite Rpow_mult_distr, pow_inv. apply IZR_le in H. rewrite !mult_IZR, <- !pow_IZR in H.
  apply Rmult_le_reg_r with (IZR q * IZR b ^ n); [apply Rmult_lt_0_compat; assumption|].
  replace (IZR p * / IZR q * (IZR q * IZR b ^ n)) with (IZR p * IZR b ^ n) by (field; lra).
  replace (IZR a ^ n * / IZR b ^ n * (IZR q * IZR b ^ n)) with (IZR q * IZR a ^ n) by (field; lra). exact H.
Qed.
Lemma exp_second_order x : 0 <= x -> 1 + x + x ^ 2 / 2 <= exp x.
Proof.
  intros H. destruct (MVT_gen (fun t => exp t - t - t ^ 2 / 2) 0 x (fun t => exp t - 1 - t)) as (c & Hc & E).
  - intros t _. auto_derive; [trivial|field].
  - intros t _. apply derivable_continuous_pt. reg.
  - rewrite Rmin_left in Hc by lra. rewrite exp_0 in E. assert (L := exp_ineq1_le c).
    assert (0 <= (exp c - 1 - c) * (x - 0)) by (apply Rmult_le_pos; lra). lra.
Qed.
Lemma exp_quotient x : 0 <= x -> (2 - x) * exp x <= 2 + x.
Proof.
  intros H. destruct (MVT_gen (fun t => (2 - t) * exp t - t) 0 x (fun t => (1 - t) * exp t - 1)) as (c & Hc & E).
  - intros t _. auto_derive; [trivial|ring].
  - intros t _. apply derivable_continuous_pt. reg.
  - rewrite Rmin_left in Hc by lra. rewrite exp_0 in E. assert (L := exp_ineq1_le (- c)). rewrite exp_Ropp in L.
    assert (P := exp_pos c). assert (I := Rinv_l (exp c) ltac:(lra)).
    assert ((1 - c) * exp c <= 1) by (rewrite <- I; apply Rmult_le_compat_r; lra).
    assert (0 <= (1 - (1 - c) * exp c) * (x - 0)) by (apply Rmult_le_pos; lra). lra.
Qed.
Lemma e_from_below : 2783 * / 1024 <= exp 1.
Proof.
  apply Rle_trans with ((2113 * / 2048) ^ 32).
  - apply power_above; [reflexivity|reflexivity|vm_compute; discriminate].
  - replace (exp 1) with (exp (INR 32 * / 32)) by (f_equal; simpl; field).
    rewrite exp_many. apply pow_incr. assert (E := exp_second_order (/ 32) ltac:(lra)). lra.
Qed.
Lemma e_from_above : exp 1 <= 272 * / 100.
Proof.
  apply Rle_trans with ((33 * / 31) ^ 16); [|simpl; lra].
  replace (exp 1) with (exp (INR 16 * / 16)) by (f_equal; simpl; field).
  rewrite exp_many. apply pow_incr. assert (E := exp_quotient (/ 16) ltac:(lra)). assert (P := exp_pos (/ 16)). lra.
Qed.
(* whole powers of e, compared with powers of 2 *)
Lemma exp_37 : bpow radix2 57 < 15 * exp 37.
Proof.
  replace 37 with (INR 37) by (simpl; lra). rewrite exp_whole. apply Rlt_le_trans with (15 * (2783 * / 1024) ^ 37).
  - simpl. lra.
  - apply Rmult_le_compat_l; [lra|]. apply pow_incr; split; [lra|apply e_from_below].
Qed.
Lemma exp_36 : exp 36 < bpow radix2 52.
Proof.
  replace 36 with (INR 36) by (simpl; lra). rewrite exp_whole. apply Rle_lt_trans with ((272 * / 100) ^ 36).
  - apply pow_incr; split; [apply Rlt_le, exp_pos|apply e_from_above].
  - simpl. lra.
Qed.
Lemma exp_710 : bpow radix2 1024 <= exp 710.
Proof.
  replace 710 with (INR 2 * INR 355) by (rewrite !INR_IZR_INZ, <- mult_IZR; reflexivity). rewrite exp_many, exp_whole.
  replace (bpow radix2 1024) with ((IZR (2 ^ 512) * / 1) ^ 2) by (rewrite Rinv_1, Rmult_1_r, pow_IZR; reflexivity).
  apply pow_incr. split; [rewrite Rinv_1, Rmult_1_r; apply IZR_le; discriminate|].
  apply Rle_trans with ((2783 * / 1024) ^ 355).
  - apply power_above; [reflexivity|reflexivity|vm_compute; discriminate].
  - apply pow_incr; split; [lra|apply e_from_below].
Qed.
Lemma softplus_below x : 0 <= x -> ln (1 + exp x) < x + 1.
Proof.
  intros H. rewrite <- (ln_exp (x + 1)). apply ln_increasing; [assert (P := exp_pos x); lra|].
  rewrite exp_plus. assert (1 <= exp x) by (assert (E := exp_ineq1_le x); lra). assert (E := e_from_below). nra.
Qed.

(* ---- rounding ---- *)
Lemma rounded_le x y : x <= y -> rounded x <= rounded y.
Proof. apply round_le; auto with typeclass_instances. apply FLT_exp_valid. reflexivity. Qed.
Lemma rounded_same m e : (Z.abs m < 2 ^ 53)%Z -> (-1074 <= e)%Z -> rounded (IZR m * bpow radix2 e) = IZR m * bpow radix2 e.
Proof.
  intros Hm He. apply round_generic; auto with typeclass_instances. apply generic_format_FLT. exists (Float radix2 m e); assumption || reflexivity.
Qed.
Lemma rounded_whole m : (Z.abs m < 2 ^ 53)%Z -> rounded (IZR m) = IZR m.
Proof. intros H. assert (E := rounded_same m 0 H ltac:(lia)). simpl bpow in E. rewrite Rmult_1_r in E. exact E. Qed.
Lemma rounded_power e : (-1074 <= e)%Z -> rounded (bpow radix2 e) = bpow radix2 e.
Proof. intros H. assert (E := rounded_same 1 e ltac:(reflexivity) H). rewrite Rmult_1_l in E. exact E. Qed.
Lemma rounded_small x : 0 <= x <= 2 -> 0 <= rounded x <= 2.
Proof.
  intros [H0 H2]. split.
  - replace 0 with (rounded 0) by (apply (rounded_whole 0); reflexivity). apply rounded_le; assumption.
  - replace 2 with (rounded 2) by (apply (rounded_whole 2); reflexivity). apply rounded_le; assumption.
Qed.
Lemma finite_small x : 0 <= x <= 2 -> is_finite x.
Proof. intros H. unfold is_finite. rewrite Rabs_pos_eq by lra. apply Rle_lt_trans with (bpow radix2 1); [simpl; lra|]. apply bpow_lt; lia. Qed.
Lemma rounded_one r : 0 <= r < bpow radix2 (-53) -> rounded (1 + r) = 1.
Proof.
  intros [H0 H]. unfold rounded, round, scaled_mantissa, cexp.
  rewrite (mag_unique_pos radix2 (1 + r) 1).
  - replace (FLT_exp (-1074) 53 1) with (-52)%Z by reflexivity. rewrite (Znearest_imp _ _ (2 ^ 52)).
    + unfold F2R; simpl. lra.
    + replace ((1 + r) * bpow radix2 (- -52) - IZR (2 ^ 52)) with (r * bpow radix2 52) by (simpl; ring).
      rewrite Rabs_pos_eq by (apply Rmult_le_pos; [assumption|apply bpow_ge_0]). simpl in *. lra.
  - simpl in *. lra.
Qed.
(* e^(2^-30) lies between 1 + 2^-30 and the number after it *)
Lemma rounded_exp_of_little : rounded (exp (1 * / 1073741824)) <> exp (1 * / 1073741824).
Proof.
  assert (A := exp_ineq1 (1 * / 1073741824) ltac:(lra)). assert (B := exp_quotient (1 * / 1073741824) ltac:(lra)).
  generalize dependent (exp (1 * / 1073741824)). intros x A B.
  enough (rounded x = 1 + 1 * / 1073741824) by lra.
  unfold rounded, round, scaled_mantissa, cexp. rewrite (mag_unique_pos radix2 x 1) by (simpl; lra).
  replace (FLT_exp (-1074) 53 1) with (-52)%Z by reflexivity. rewrite (Znearest_imp _ _ (2 ^ 52 + 2 ^ 22)).
  - unfold F2R; simpl. lra.
  - apply Rabs_def1; simpl; lra.
Qed.
Lemma rounded_half_of_smallest : rounded (bpow radix2 (-1075)) = 0.
Proof.
  unfold rounded, round, scaled_mantissa, cexp. rewrite mag_bpow. replace (FLT_exp (-1074) 53 (-1075 + 1)) with (-1074)%Z by reflexivity.
  replace (bpow radix2 (-1075) * bpow radix2 (- -1074)) with (/ 2) by (rewrite <- bpow_plus; reflexivity).
  assert (F : Zfloor (/ 2) = 0%Z) by (apply Zfloor_imp; simpl; lra).
  unfold Znearest. rewrite F. rewrite Rcompare_Eq by (simpl; lra). simpl. unfold F2R; simpl. ring.
Qed.
Lemma half_power n : (1 * / 2) ^ n = bpow radix2 (- Z.of_nat n).
Proof.
  induction n; [reflexivity|]. rewrite Nat2Z.inj_succ. replace (- Z.succ (Z.of_nat n))%Z with (-1 + - Z.of_nat n)%Z by lia.
  rewrite bpow_plus, <- IHn. simpl. lra.
Qed.
(* what becomes of e^(-36) and e^(-37), of 1 + e^(-36) and of 1 / (1 + e^(-36)) *)
Lemma rounded_exp_37 : 0 <= rounded (exp (-37)) < bpow radix2 (-53).
Proof.
  replace (-37) with (- (37)) by lra. rewrite exp_Ropp. assert (E := exp_37). assert (P := exp_pos 37). split.
  - apply rounded_small. split; [apply Rlt_le, Rinv_0_lt_compat; assumption|]. rewrite <- exp_Ropp.
    apply Rle_trans with (exp 0); [apply Rlt_le, exp_increasing; lra|rewrite exp_0; lra].
  - apply Rle_lt_trans with (rounded (IZR 15 * bpow radix2 (-57))).
    + apply rounded_le. apply Rmult_le_reg_r with (exp 37); [assumption|]. rewrite Rinv_l by lra. simpl in *. lra.
    + rewrite rounded_same by (reflexivity || lia). simpl. lra.
Qed.
Lemma rounded_exp_36 : bpow radix2 (-52) <= rounded (exp (-36)) <= 1.
Proof.
  split.
  - rewrite <- (rounded_power (-52)) by lia. apply rounded_le. replace (-36) with (- (36)) by lra. rewrite exp_Ropp.
    assert (E := exp_36). assert (P := exp_pos 36).
    apply Rmult_le_reg_r with (exp 36); [assumption|]. rewrite Rinv_l by lra. simpl in *. lra.
  - apply Rle_trans with (rounded 1); [|rewrite (rounded_whole 1) by reflexivity; lra].
    apply rounded_le. rewrite <- exp_0. apply Rlt_le, exp_increasing; lra.
Qed.
Lemma sum_36 : 1 + bpow radix2 (-52) <= rounded (1 + rounded (exp (-36))) <= 2.
Proof.
  assert (E := rounded_exp_36). split.
  - assert (F := rounded_same (2 ^ 52 + 1) (-52) ltac:(reflexivity) ltac:(lia)).
    replace (IZR (2 ^ 52 + 1) * bpow radix2 (-52)) with (1 + bpow radix2 (-52)) in F by (simpl; lra).
    rewrite <- F. apply rounded_le. lra.
  - apply rounded_small. simpl in E. lra.
Qed.
Lemma sigmoid_36 : 0 <= rounded (/ rounded (1 + rounded (exp (-36)))) < 1.
Proof.
  assert (E := sum_36). assert (P : 0 < rounded (1 + rounded (exp (-36)))) by (simpl in E; lra). split.
  - replace 0 with (rounded 0) by (apply (rounded_whole 0); reflexivity). apply rounded_le, Rlt_le, Rinv_0_lt_compat, P.
  - assert (F := rounded_same (2 ^ 53 - 1) (-53) ltac:(reflexivity) ltac:(lia)).
    apply Rle_lt_trans with (IZR (2 ^ 53 - 1) * bpow radix2 (-53)); [|simpl; lra].
    rewrite <- F. apply rounded_le. apply Rmult_le_reg_r with (rounded (1 + rounded (exp (-36)))); [assumption|].
    rewrite Rinv_l by lra. simpl in *. nra.
Qed.
Lemma finite_36 : is_finite (rounded (exp (-36))).
Proof. apply finite_small. assert (E := rounded_exp_36). simpl in E. lra. Qed.
Lemma sum_finite_36 : is_finite (rounded (1 + rounded (exp (-36)))).
Proof. apply finite_small. assert (E := sum_36). simpl in E. lra. Qed.
Lemma sigmoid_finite_36 : is_finite (rounded (/ rounded (1 + rounded (exp (-36))))).
Proof. apply finite_small. assert (E := sigmoid_36). lra. Qed.
Lemma sum_37 : rounded (1 + rounded (exp (-37))) = 1.
Proof. apply rounded_one, rounded_exp_37. Qed.
Lemma exp_710_overflows : ~ is_finite (rounded (exp 710)).
Proof.
  unfold is_finite. assert (E := rounded_le _ _ exp_710). rewrite rounded_power in E by lia.
  assert (P := bpow_gt_0 radix2 1024). rewrite Rabs_pos_eq by lra. lra.
Qed.
Lemma softplus_positive x : 0 < ln (1 + exp x).
Proof. rewrite <- ln_1. assert (P := exp_pos x). apply ln_increasing; lra. Qed.
(* one less a little is rounded to 1, and so is what lies between that and 1 *)
Lemma rounded_below_one r : 0 < r < bpow radix2 (-54) -> rounded (1 + - r) = 1.
Proof.
  intros [H0 H]. simpl in H. unfold rounded, round, scaled_mantissa, cexp.
  rewrite (mag_unique_pos radix2 (1 + - r) 0) by (simpl; lra).
  replace (FLT_exp (-1074) 53 0) with (-53)%Z by reflexivity. rewrite (Znearest_imp _ _ (2 ^ 53)).
  - unfold F2R; simpl. lra.
  - apply Rabs_def1; simpl; lra.
Qed.
Lemma rounded_exp_near_one x : - bpow radix2 (-54) < x < 0 -> rounded (exp x) = 1.
Proof.
  intros [L H]. assert (A := exp_ineq1 x ltac:(lra)). assert (B := exp_increasing x 0 H). rewrite exp_0 in B.
  replace (exp x) with (1 + - (1 + - exp x)) by ring. apply rounded_below_one. simpl in *. lra.
Qed.
Lemma exp_minus_40 : 0 < exp (-40) < bpow radix2 (-54).
Proof.
  split; [apply exp_pos|]. assert (E := exp_37). assert (T := exp_ineq1 3 ltac:(lra)).
  replace (-40) with (- (37 + 3)) by lra. rewrite exp_Ropp, exp_plus. assert (P := exp_pos 37).
  apply Rle_lt_trans with (/ (bpow radix2 57 * 4 / 15)); [|simpl; lra].
  apply Rinv_le_contravar; [simpl; lra|]. assert (0 <= exp 37 * (exp 3 - 4)) by (apply Rmult_le_pos; lra). lra.
Qed.
