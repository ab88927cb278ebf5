-- What readers need beside the rows: a counter of changes per study, by which they tell whether and what to read again,
-- and the sums that would otherwise cost a walk over all trials. All of it is written by the ingest transaction, which
-- holds the study's row, so that numbers are given in the order of the commits.
alter table study
    add column change_seq      bigint not null default 0,
    add column budget          text   not null default '{}',
    add column training_millis bigint not null default 0;

-- created_seq: the trial came; state_seq: its state changed last; change_seq: anything of it changed last.
alter table trial
    add column created_seq bigint not null default 0,
    add column state_seq   bigint not null default 0,
    add column change_seq  bigint not null default 0;

update trial set created_seq = number + 1, state_seq = number + 1, change_seq = number + 1;
update study s
set budget          = coalesce((s.spec::json -> 'budget')::text, '{}'),
    change_seq      = coalesce((select max(t.change_seq) from trial t where t.study_id = s.study_id), 0) + 1,
    training_millis = coalesce((select sum(t.training_millis) from trial t where t.study_id = s.study_id), 0);

create index trial_by_change on trial (study_id, change_seq);

-- The leaderboard of any state; of equals the earlier trial leads.
drop index trial_leaderboard;
create index trial_by_loss on trial (study_id, state, loss, number) where loss is not null;

-- The states that few trials are in; the others are found fast enough in the order of the numbers.
create index trial_by_rare_state on trial (study_id, state, number)
    where state in ('QUEUED', 'RUNNING', 'INFEASIBLE', 'FAILED', 'CANCELLED');

-- Each completed trial that was better than all before it.
create table improvement (
    study_id        text             not null references study,
    evidence_number bigint           not null,
    number          int              not null,
    objective       double precision not null,
    recorded_at     timestamptz      not null,
    training_millis bigint           not null,
    primary key (study_id, evidence_number)
);
insert into improvement (study_id, evidence_number, number, objective, recorded_at, training_millis)
select study_id, evidence_number, number, objective, recorded_at, spent
from (select t.*,
             min(loss) filter (where state = 'COMPLETED') over earlier as best_before,
             coalesce(sum(t.training_millis) over so_far, 0)           as spent
      from trial t
      where evidence_number is not null
      window earlier as (partition by study_id order by evidence_number
                         rows between unbounded preceding and 1 preceding),
             so_far as (partition by study_id order by evidence_number)) walked
where state = 'COMPLETED' and (best_before is null or loss < best_before);

alter table run add column study_id text references study;
update run r set study_id = t.study_id from trial t where t.trial_id = r.trial_id;
alter table run alter column study_id set not null;
create index run_by_time on run (study_id, started_at desc, run_id desc) where started_at is not null;
