-- Outcomes that are on their topic while the database has no such end of the trial: it was lost, or restored from an older
-- backup. A trial that ends takes its evidence number and version from here; nothing is left once the topics are read.
create table recorded_outcome (
    trial_id        text   primary key,
    study_id        text   not null,
    evidence_number bigint,
    version         bigint not null,
    outcome         text   not null
);
create index recorded_outcome_by_number on recorded_outcome (study_id, evidence_number);
