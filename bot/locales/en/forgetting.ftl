# Forgetting a person, or a group

forget-ask =
    Do you want me to forget you? Your answers, scores, review plan and settings will be erased for good.
    Nobody else’s points change.
forget-yes = Erase everything
forget-no = Keep it
forget-done = Everything is erased. To begin again, send /start
forget-kept = Nothing was erased.

forget-group-ask =
    Erase everything about this group? Its questions, answers, points, boards and settings will be gone for good.
    What each of you has in private (reviews, study days) stays.
forget-group-yes = Erase
forget-group-ask-again = Once more, to be sure: everything about “{ $title }” will be erased now.
forget-group-sure = Yes, erase
forget-group-done = Everything about this group is erased. To begin again, send /quiz
forget-admins-only = Only admins can erase this group’s data. To erase your own, send /forget in private

command-forget = Erase all my data
command-forget-group = Erase all data of this group
