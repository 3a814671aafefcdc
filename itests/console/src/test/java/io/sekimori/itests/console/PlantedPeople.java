package io.sekimori.itests.console;

import io.sekimori.access.AccessException;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.records.people.RecordsPeople;
import io.sekimori.records.sql.SqlRecords;
import io.sekimori.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** People with sessions in the records of a console that does not run yet, since signing in takes a second each. */
final class PlantedPeople {

    private final Map<String, String> tokens = new TreeMap<>();
    private final Instant now = Instant.now();

    /** The tokens by the name of whose they are. */
    static Map<String, String> in(Path unit) throws AccessException {
        PlantedPeople planted = new PlantedPeople();
        try (SqlRecords records = SqlRecords.ofUnit(unit)) {
            new RecordsPeople(records).change(table -> {
                for (Role role : Role.values()) {
                    planted.put(table, word(role), role, Person.State.ACTIVE, Duration.ofHours(1));
                }
                planted.put(
                        table, "newcomer", Role.ADMINISTRATOR, Person.State.PASSWORD_MUST_CHANGE, Duration.ofHours(1));
                planted.put(table, "late", Role.ADMINISTRATOR, Person.State.ACTIVE, Duration.ofSeconds(-1));
                planted.put(table, "dismissed", Role.ADMINISTRATOR, Person.State.DISABLED, Duration.ofHours(1));
                return planted;
            });
        }
        return planted.tokens;
    }

    static String word(Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void put(PeopleTable table, String name, Role role, Person.State state, Duration left)
            throws AccessException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String hash = Sha256.hex(SessionToken.of(token).orElseThrow().reveal().getBytes(StandardCharsets.US_ASCII));
        table.put(new KeptPerson(new Person(name, Set.of(role), state, 1), "no hash of any password", now));
        table.put(new KeptSession(
                hash,
                name,
                name,
                Session.Kind.PROGRAM,
                now.minus(Duration.ofHours(1)),
                now,
                now.plus(left),
                "127.0.0.1"));
        tokens.put(name, token);
    }
}
