create table fleet_gateway (
    id varchar(14) not null primary key,
    serial varchar(64) not null,
    model varchar(64) not null,
    life varchar(16) not null,
    device_key varchar(64),
    registered_at bigint not null,
    revision bigint not null
);

create table fleet_label (
    gateway_id varchar(14) not null references fleet_gateway (id),
    label varchar(64) not null,
    primary key (gateway_id, label)
);
create index fleet_label_by_label on fleet_label (label, gateway_id);

create table fleet_contact (
    gateway_id varchar(14) not null primary key references fleet_gateway (id),
    connected boolean not null,
    last_heard bigint not null,
    birth text not null
);

-- seen: bit n stands for the sequence n before this one, so that one that comes late is told from one that comes again.
create table fleet_report (
    gateway_id varchar(14) not null primary key references fleet_gateway (id),
    sequence bigint not null,
    seen bigint not null,
    made_at bigint not null,
    received_at bigint not null,
    nonce varchar(64) not null,
    generation integer not null,
    confirmed boolean not null,
    assignment bigint not null,
    accepted bigint not null,
    findings text not null,
    transition_id varchar(100) not null,
    transition_from integer not null,
    transition_to integer not null,
    transition_assignment bigint not null,
    transition_outcome varchar(16) not null,
    transition_code varchar(64) not null,
    transition_detail varchar(2000) not null,
    transition_by varchar(252) not null,
    transition_ended bigint not null,
    signed text not null
);

create table fleet_bundle (
    gateway_id varchar(14) not null references fleet_gateway (id),
    symbolic_name varchar(200) not null,
    version varchar(100) not null,
    sha256 varchar(64) not null,
    primary key (gateway_id, symbolic_name, version)
);
create index fleet_bundle_by_name on fleet_bundle (symbolic_name, version, gateway_id);

create table fleet_drop (
    gateway_id varchar(14) not null primary key references fleet_gateway (id),
    dropped bigint not null
);
