rewrite (bigsum_ext K (fun l => bigsum K (fun k => v k * z l)) (fun l => bigsum K v * z l)) by (intros; apply bigsum_scal_r).
rewrite bigsum_scal. reflexivity.
