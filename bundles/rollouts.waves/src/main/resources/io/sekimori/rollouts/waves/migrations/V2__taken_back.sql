-- Whether a person has it taken back: 0 if not, -1 as long as that is not signed, then the version that takes it back.
alter table rollouts_target add column taken_back bigint default 0 not null;
create index rollouts_target_taken_back on rollouts_target (taken_back);
