assert (strictly : forall u, 0 < u -> ln u = u - 1 -> u = 1).
{ intros u positive same. destruct (Req_EM_T (ln u) 0) as [zero|other].
  - lra.
  - assert (above := exp_ineq1 (ln u) other). rewrite exp_ln in above by assumption. lra. }
(* Each term is at least the difference of the two probabilities, *)
assert (below : forall k, (1 <= k <= K)%nat -> 0 <= q k * ln (/ p k * q k) - (q k - p k)).
{ intros k inside. assert (P := domain_p k inside). assert (Q := domain_q k inside).
  destruct (Req_EM_T (q k) 0) as [zero|other]; [rewrite zero; lra|].
  assert (seen : 0 < p k) by (apply Rgt_lt, (H1 k inside); lra).
  assert (L := weighted_log (q k) (p k) (proj1 Q) seen).
  rewrite (Rmult_comm (/ p k)), ln_div' by lra. lra. }
split.
- intros none k inside. assert (P := domain_p k inside). assert (Q := domain_q k inside).
  (* and these sum to 0: so if the terms do too, none is larger. *)
  assert (total : bigsum K (fun k => q k * ln (/ p k * q k) - (q k - p k)) = 0).
  { rewrite (bigsum_ext K _ (fun k => q k * ln (/ p k * q k) + (- q k + p k))) by (intros; ring).
    rewrite !bigsum_plus, bigsum_opp. unfold cross_entropy_kl_divergence in none.
    assert (of_q : bigsum K q = 1) by exact H2. assert (of_p : bigsum K p = 1) by exact H3.
    change (bigsum K (fun i => q i)) with (bigsum K q). change (bigsum K (fun i => p i)) with (bigsum K p).
    rewrite none, of_q, of_p. ring. }
  assert (most := bigsum_keep K k _ inside below). cbv beta in most. rewrite total in most.
  assert (least := below k inside).
  destruct (Req_EM_T (q k) 0) as [zero|other]; [rewrite zero in *; lra|].
  assert (seen : 0 < p k) by (apply Rgt_lt, (H1 k inside); lra).
  assert (E : ln (p k * / q k) = p k * / q k - 1).
  { apply (Rmult_eq_reg_l (q k)); [|assumption].
    replace (q k * (p k * / q k - 1)) with (p k - q k) by (field; assumption).
    rewrite (Rmult_comm (/ p k)), ln_div' in * by lra. lra. }
  apply strictly in E; [|apply Rmult_lt_0_compat; [|apply Rinv_0_lt_compat]; lra].
  apply (Rmult_eq_compat_r (q k)) in E. rewrite Rmult_assoc, Rinv_l in E by assumption. lra.
- intros same. unfold cross_entropy_kl_divergence. apply bigsum_zero. intros k inside.
  rewrite (same k inside). destruct (Req_EM_T (p k) 0) as [zero|other]; [rewrite zero; ring|].
  rewrite Rinv_l, ln_1 by assumption. ring.
