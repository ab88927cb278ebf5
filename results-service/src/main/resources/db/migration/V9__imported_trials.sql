-- How many of a study's trials that ended were imported with their results: they take nothing of its budget.
alter table study
    add column imported int not null default 0;
update study s
set imported = (select count(*) from trial t
                where t.study_id = s.study_id and t.origin = 'IMPORTED' and t.recorded_at is not null);
