-- Changes of gateways' settings. Of a password it holds only that one was given.
create table tuning_change (
    id varchar(64) not null primary key,
    gateway_id varchar(14) not null,
    counter bigint not null,
    state varchar(16) not null,
    code varchar(100) not null,
    detail varchar(1000) not null,
    person varchar(200) not null,
    reason varchar(500) not null,
    changes varchar(60000) not null, -- JSON
    at_millis bigint not null, -- since 1970
    silent_millis bigint not null -- from when on it counts as silent
);

create index tuning_change_gateway on tuning_change (gateway_id, id);
create index tuning_change_state on tuning_change (state);
