package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.releases.Director;
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.Releases;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That what is assigned is held back is said with its reason and what to do, to people and to programs. */
class GatewayUpdateResourceTest {

    private static final String KEY = "d".repeat(64);
    private static final HeldAssignment HELD =
            new HeldAssignment(KEY, 7, "BELOW_FLOOR", "org.a/1.0.0 has counter 1, the floor is 3");

    private final GatewayUpdateResource resource = new GatewayUpdateResource();
    private Optional<HeldAssignment> held = Optional.of(HELD);

    GatewayUpdateResourceTest() {
        resource.fleet = Faked.service(Fleet.class, (name, arguments) -> Optional.of(gateway()));
        resource.releases = Faked.service(Releases.class, (name, arguments) -> List.of());
        resource.director =
                Faked.service(Director.class, (name, arguments) -> name.equals("held") ? held : Optional.empty());
    }

    @Test
    void whatIsHeldBackSaysWhyAndWhatToDo() throws Exception {
        Map<?, ?> said = (Map<?, ?>) asked().get("held");

        assertThat(said.get("assignment")).isEqualTo(7L);
        assertThat(said.get("code")).isEqualTo("BELOW_FLOOR");
        assertThat(said.get("detail")).isEqualTo(HELD.detail());
        assertThat((String) said.get("advice")).contains("sekimori release permit");
    }

    @Test
    void itIsSaidInTheLanguageOfWhoAsks() {
        assertThat((String) HeldJson.of(HELD, Locale.JAPANESE).get("advice")).contains("下限");
    }

    @Test
    void nothingIsSaidOfWhatIsNot() throws Exception {
        held = Optional.empty();

        assertThat(asked()).isEmpty();
    }

    private Map<String, ?> asked() throws Exception {
        return Asking.json(
                resource.handle(Asking.request(resource, "getGatewayUpdate").at("id", "g-aaaaaaaaaaaa")));
    }

    private static Gateway gateway() {
        return new Gateway(
                "g-aaaaaaaaaaaa",
                "0001",
                "M-1",
                Life.ACTIVATED,
                Optional.of(KEY),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                Instant.EPOCH,
                1);
    }
}
