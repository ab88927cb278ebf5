-- The number of the trial that a trial trains again. Such a trial has no loss and no evidence number, and no sum counts it.
alter table trial
    add column retrain_of int;
