-- Metrics are shown far more often than looked into: as json they go out as they came in, while jsonb has every number
-- made a text again, which costs more than finding the row.
alter table trial
    alter column best_metrics type json using best_metrics::json,
    alter column end_metrics type json using end_metrics::json;
alter table epoch
    alter column metrics type json using metrics::json;
