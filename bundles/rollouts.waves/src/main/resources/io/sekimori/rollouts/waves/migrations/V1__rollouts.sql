create table rollouts_rollout (
    id varchar(14) not null primary key,
    name varchar(100) not null,
    state varchar(16) not null,
    reason varchar(64) not null,
    changes text not null,
    filter text not null,
    limit_failed integer not null,
    limit_reverted integer not null,
    limit_refused integer not null,
    limit_silent integer not null,
    success integer not null,
    automatic boolean not null,
    silent_after bigint not null,
    wave integer not null,
    rolls_back varchar(14) not null,
    creator varchar(200) not null,
    created_at bigint not null,
    revision bigint not null
);
create index rollouts_rollout_newest on rollouts_rollout (created_at, id);
create index rollouts_rollout_by_state on rollouts_rollout (state);

-- What a person bears of a wave's trouble, so that it does not stop the rollout again.
create table rollouts_wave (
    rollout_id varchar(14) not null references rollouts_rollout (id),
    wave integer not null,
    borne_failed integer not null,
    borne_reverted integer not null,
    borne_refused integer not null,
    borne_silent integer not null,
    primary key (rollout_id, wave)
);

create table rollouts_target (
    rollout_id varchar(14) not null references rollouts_rollout (id),
    gateway_id varchar(14) not null,
    place integer not null,
    wave integer not null,
    state varchar(16) not null,
    code varchar(64) not null,
    detail varchar(2000) not null,
    changes text not null,
    former text not null,
    assignment bigint not null,
    base varchar(64) not null,
    wanted varchar(64) not null,
    tries integer not null,
    claimed_until bigint not null,
    assigned_at bigint not null,
    silent_at bigint not null,
    settled_at bigint not null,
    late boolean not null,
    progress varchar(200) not null,
    primary key (rollout_id, gateway_id)
);
create index rollouts_target_by_place on rollouts_target (rollout_id, place);
create index rollouts_target_by_state on rollouts_target (rollout_id, wave, state);
create index rollouts_target_by_gateway on rollouts_target (gateway_id, state);
create index rollouts_target_silent on rollouts_target (state, silent_at);
