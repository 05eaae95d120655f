"""Results as code that works on whole arrays: modules of NumPy, JAX, torch and JavaScript that run as they stand.

- nodes: the intermediate form: operations on arrays, of which every index is an axis
- matching: where an expression is an instance of another
- given, given_places, given_traced, given_jax: functions that are copied into the modules
- spots: choices at one place of each row, which NumPy makes without asking at every place
- written_out: quantities in full, by what they were found to be
- forms: the forms that keep their digits, each a derivation of the chapter `numerics`
- places: what chooses entries of arrays: axes, numbers of classes, masks
- chosen: forms of which one is chosen when the code runs
- compiled: functions of JAX that have a quicker form, and the derivatives of the other
- vectorise: an expression in the intermediate form
- python: the intermediate form as lines of NumPy, JAX or torch
- javascript_code: the same in JavaScript
- described: what the docstring of a module says
- task: what is computed, of which arguments, of which sizes
- classes: labels that may be given as classes
- module: the whole text
"""
