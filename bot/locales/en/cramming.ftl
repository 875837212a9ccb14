# Extra study: no reviews

cram-head = Extra study, not a review · { $at }/{ $of }
cram-choose = Which topic? Each question once, the least well remembered first. Your reviews stay as planned.
cram-everything = All of them
cram-left = { $count ->
    [one] 1 more
   *[other] { $number } more
}
cram-did-you = Did you say it?
cram-said = Yes
cram-unsaid = No
cram-known = ✓ you knew it
cram-unknown = ✗ you did not know it
cram-over-all = That was all of it, everything right.
cram-over = { $count ->
    [one] That was all of it; 1 went wrong:
   *[other] That was all of it; { $number } went wrong:
}
cram-over-more = and { $number } more
cram-again = { $count ->
    [one] Do it again
   *[other] Do these { $number } again
}
cram-passed = You have answered that one; the question at the bottom is the current one
cram-lapsed = This question has just left the bank or changed, so it is skipped.
cram-nothing = There is nothing to study here.
