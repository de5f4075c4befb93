create table if not exists sluice_session (
    session_key uuid primary key,
    id varchar(80) not null,
    state varchar(16) not null,
    kind varchar(16) not null,
    strategy varchar(64) not null,
    token varchar(16) not null,
    user_agent varchar(512) not null,
    since_millis bigint not null,
    ended_millis bigint not null,
    seconds bigint not null,
    bytes_in bigint not null,
    bytes_out bigint not null,
    packets bigint not null,
    packets_lost bigint not null,
    packets_retransmitted bigint not null,
    position_millis bigint not null,
    reason varchar(512) not null
);

create index if not exists sluice_session_ended on sluice_session (ended_millis, session_key);

create table if not exists sluice_session_part (
    session_key uuid not null references sluice_session (session_key) on delete cascade,
    kind varchar(16) not null,
    name varchar(256) not null,
    seconds bigint not null,
    primary key (session_key, kind, name)
);

create index if not exists sluice_session_part_name on sluice_session_part (kind, name);
