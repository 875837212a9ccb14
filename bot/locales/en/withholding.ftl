# Buried until tomorrow, suspended, forgotten again and again

withhold-bury = Not today
withhold-suspend = Suspend
withhold-not = Answer it now
withheld-buried = Not today; I ask again tomorrow.
withheld-suspended = Suspended: not asked any more. To bring it back: /settings, Study, Suspended

suspended-title = { $count ->
    [one] 1 suspended question. Its button brings it back:
   *[other] { $number } suspended questions. A button brings one back:
}
suspended-none = No question is suspended.
suspended-gone = (no longer in the bank)
suspended-back = Bring back { $at }
suspended-brought = Back again; it is asked when it is due

leech-notice = You have forgotten this one { $number } times. Learn it another way, or suspend it.
leech-easier = An easier one first

study-button-suspended = Suspended
