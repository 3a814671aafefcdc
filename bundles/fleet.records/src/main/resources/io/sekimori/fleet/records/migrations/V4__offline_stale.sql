-- Since when what a transition was accepted with was past its expiry, in milliseconds since 1970; 0 if it was not.
alter table fleet_report add column transition_stale bigint default 0 not null;
