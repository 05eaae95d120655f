assert (share : forall k, (1 <= k <= K)%nat -> 0 <= softmax_probability K z k <= 1).
{ intros k inside. unfold softmax_probability.
  apply (share_unit K k (fun l => exp (z l))); [assumption|intros; apply exp_pos]. }
(* The form is a variance, *)
assert (variance : bigsum K (fun k => bigsum K (fun l => Derive (fun t1 => softmax_probability K (upd z l t1) k) (z l) * v k * v l))
  = bigsum K (fun k => (- log_sum_exp_mean K v z + v k) ^ 2 * softmax_probability K z k)).
{ transitivity (bigsum K (fun k => v k * ((- log_sum_exp_mean K v z + v k) * softmax_probability K z k))).
  - apply bigsum_ext; intros k inside.
    rewrite <- (gradient_bounds_jacobian_in_direction_value K k v z size_K inside), <- bigsum_scal.
    apply bigsum_ext; intros; ring.
  - assert (centred : bigsum K (fun k => (- log_sum_exp_mean K v z + v k) * softmax_probability K z k) = 0).
    { rewrite (bigsum_ext K _ (fun k => - log_sum_exp_mean K v z * softmax_probability K z k + v k * softmax_probability K z k))
        by (intros; ring).
      rewrite bigsum_plus, bigsum_scal, softmax_probabilities_sum_derived by assumption.
      unfold log_sum_exp_mean. ring. }
    rewrite (bigsum_ext K (fun k => (- log_sum_exp_mean K v z + v k) ^ 2 * softmax_probability K z k)
      (fun k => v k * ((- log_sum_exp_mean K v z + v k) * softmax_probability K z k)
                + - log_sum_exp_mean K v z * ((- log_sum_exp_mean K v z + v k) * softmax_probability K z k)))
      by (intros; ring).
    rewrite bigsum_plus, bigsum_scal, centred. ring. }
split; [|split].
- intros k inside l within.
  exact (proj1 (gradient_bounds_jacobian_in_direction_derived K k v z size_K inside) l within).
- rewrite variance. apply Rle_ge, bigsum_nonneg; intros k inside.
  apply Rmult_le_pos; [apply pow2_ge_0|apply share; assumption].
- (* and as a sum over pairs of classes, only what stands on the diagonal is positive. *)
  rewrite variance, <- gradient_bounds_pairs_derived, <- bigsum_scal by assumption.
  apply bigsum_le; intros k inside. assert (P := share k inside).
  apply Rle_trans with (bigsum K (fun l => delta k l * (1 * / 2 * v k ^ 2))).
  + apply bigsum_le; intros l within. assert (Q := share l within).
    assert (0 <= (v k + v l) ^ 2) by apply pow2_ge_0. unfold delta. destruct (Nat.eq_dec k l) as [<-|other].
    * assert (0 <= v k ^ 2) by apply pow2_ge_0.
      assert (quarter : (1 - softmax_probability K z k) * softmax_probability K z k <= / 4).
      { assert (0 <= (softmax_probability K z k - / 2) ^ 2) by apply pow2_ge_0. lra. }
      apply (Rmult_le_compat_l (v k ^ 2)) in quarter; [|assumption]. lra.
    * assert (0 <= softmax_probability K z l * softmax_probability K z k) by (apply Rmult_le_pos; lra).
      assert (0 <= (v k + v l) ^ 2 * (softmax_probability K z l * softmax_probability K z k)) by (apply Rmult_le_pos; assumption).
      lra.
  + rewrite (bigsum_one_term K k); [rewrite delta_eq; lra|assumption|].
    intros l within other. rewrite delta_neq by congruence. ring.
