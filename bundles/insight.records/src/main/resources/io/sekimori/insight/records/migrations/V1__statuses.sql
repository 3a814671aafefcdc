-- members: what the gateway said, as JSON; the newest of a gateway is the one with the highest sequence.
create table insight_status (
    gateway_id varchar(14) not null,
    sequence bigint not null,
    made_at bigint not null,
    received_at bigint not null,
    members text not null,
    primary key (gateway_id, sequence)
);
