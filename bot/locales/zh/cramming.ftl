# 加练：不是复习

cram-head = 加练，不影响复习安排 · { $at }/{ $of }
cram-choose = 加练哪个主题？每题过一遍，从记得最差的开始，不影响复习安排。
cram-everything = 全部
cram-left = 还有 { $number } 题
cram-did-you = 说出来了吗？
cram-said = 说出来了
cram-unsaid = 没说出来
cram-known = ✓ 说出来了
cram-unknown = ✗ 没说出来
cram-over-all = 这一遍过完了，全对。
cram-over = 这一遍过完了，{ $number } 题没答对：
cram-over-more = 还有 { $number } 题
cram-again = 再做这 { $number } 题
cram-passed = 那一题已经答过了，最下面的才是现在这题
cram-lapsed = 这道题刚从题库里撤下或改过，跳过它。
cram-nothing = 这里没有可以加练的题。
