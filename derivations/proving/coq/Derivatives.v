(* That derivatives exist: a theorem that names one says so too. *)
Require Export Laws Tactics.
Open Scope R_scope.
Lemma is_derive_from (f : R -> R) x g : Derive f x = g -> ex_derive f x -> is_derive f x g.
Proof. intros <- H. apply Derive_correct, H. Qed.
Lemma is_derive_as (f : R -> R) x a b : is_derive f x a -> a = b -> is_derive f x b.
Proof. intros H <-. exact H. Qed.
(* a derivative whose value is known near the point has the derivative of that value *)
Lemma D_Derive (f : R -> R -> R) (p g : R -> R) x a :
  locally x (fun t => is_derive (f t) (p t) (g t)) -> is_derive g x a -> is_derive (fun t => Derive (f t) (p t)) x a.
Proof.
  intros H. apply is_derive_ext_loc. revert H. apply filter_imp. intros t Ht. symmetry. apply is_derive_unique, Ht.
Qed.
(* what the other probabilities leave for the last one is positive, also near the point *)
Lemma rest_pos K p : (1 <= K)%nat -> (forall k, (1 <= k <= K)%nat -> 0 < p k) -> bigsum K p = 1 ->
  0 < 1 + - bigsum K (fun k => (1 + - delta K k) * p k).
Proof.
  intros HK HP HS. rewrite (bigsum_take_out K K p) in HS by lia. assert (P := HP K ltac:(lia)).
  replace (bigsum K (fun k => (1 + - delta K k) * p k)) with (bigsum K (fun k => (1 - delta k K) * p k)); [lra|].
  apply bigsum_ext; intros; rewrite delta_sym; ring.
Qed.
Lemma near_positive (f : R -> R) x : ex_derive f x -> 0 < f x -> locally x (fun t => 0 < f t).
Proof. intros H P. apply (ex_derive_continuous f x H (fun u => 0 < u)), (open_gt 0 (f x) P). Qed.
Lemma near_rest K p m : 0 < 1 + - bigsum K (fun k => (1 + - delta K k) * p k) ->
  locally (p m) (fun t => 0 < 1 + - bigsum K (fun k => (1 + - delta K k) * upd p m t k)).
Proof.
  intros H. apply (near_positive (fun t => 1 + - bigsum K (fun k => (1 + - delta K k) * upd p m t k))).
  - eexists; der.
  - cbv beta. rewrite upd_id. exact H.
Qed.
Ltac rests := unfold Rgt in *; try match goal with
  | P : forall k, (1 <= k <= ?K)%nat -> 0 < ?p k, H : bigsum ?K _ = 1 |- _ =>
      assert (0 < 1 + - bigsum K (fun k => (1 + - delta K k) * p k)) by (apply rest_pos; [ lia | exact P | exact H ])
  end.
(* near the point: what holds of an entry there, where a premise says that it is positive or between 0 and 1 *)
Ltac nearby := cbv beta; let t := fresh "t" in let N := fresh "N" in
  unfold Rgt in *;
  first [ match goal with
  | H : forall i, (1 <= i <= ?n)%nat -> 0 < ?p i, Rest : 0 < 1 + - bigsum ?K (fun k => (1 + - delta ?K k) * ?p k)
    |- locally (?p ?m) _ =>
      generalize (filter_and _ _ (near_upd (fun x => 0 < x) n p m open_pos H) (near_rest K p m Rest))
  end; apply filter_imp; intros t [N ?] | lazymatch goal with
  | H : forall i, (1 <= i <= ?n)%nat -> 0 < ?p i < 1 |- locally (?p ?m) _ =>
      generalize (near_upd (fun x => 0 < x < 1) n p m open_unit H)
  | H : forall i, (1 <= i <= ?n)%nat -> 0 < ?p i |- locally (?p ?m) _ =>
      generalize (near_upd (fun x => 0 < x) n p m open_pos H)
  | H : forall i, (1 <= i <= ?n)%nat -> forall k, (1 <= k <= ?K)%nat -> 0 < ?p i k |- locally (?p ?j ?m) _ =>
      generalize (near_upd2 (fun x => 0 < x) n K p j m open_pos H)
  | H : 0 < ?x < 1 |- locally ?x _ => generalize (open_unit x H)
  | H : 0 < ?x |- locally ?x _ => generalize (open_pos x H)
  end; apply filter_imp; intros t N | apply filter_forall; intros t ]; cbv beta.
Ltac derd := cbv beta; lazymatch goal with
  | |- is_derive (fun t => Derive _ _) _ _ =>
      eapply D_Derive; [ nearby; eapply is_derive_as; [ derd | cbv beta; simp; reflexivity ] | derd ]
  | |- is_derive (Derive ?f) ?x ?v => change (is_derive (fun t => Derive f t) x v); derd
  | |- is_derive (fun t => _ + _) _ _ => eapply D_plus; derd
  | |- is_derive (fun t => _ * _) _ _ => eapply D_mult; derd
  | |- is_derive (fun t => - _) _ _ => eapply D_opp; derd
  | |- _ => der
  end.
Ltac exists_derivative := solve [ eexists; derd | defs; eexists; derd ].
Ltac exder ::= solve [ assumption | eexists; der | defs; eexists; der | exists_derivative ].
(* from the value of the derivatives, V, that they exist and have it *)
Ltac exists_below V := cbv beta; lazymatch goal with
  | |- _ /\ _ => split; [ exists_below V | exists_below V ]
  | |- forall _, _ => intro; exists_below V
  | |- locally _ _ => nearby; exists_below V
  | |- is_derive _ _ _ => apply (is_derive_from _ _ _ V); exists_derivative
  | |- ex_derive _ _ => exists_derivative
  | |- _ => exact V
  end.
Ltac exists_with V := rests; exists_below V.
