package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.releases.PackAnswer;
import io.sekimori.releases.Packs;
import io.sekimori.web.Body;
import io.sekimori.web.Response;
import io.sekimori.web.WebException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackResourceTest {

    private static final String ID = "g-aaaaaaaaaaaa";
    private static final String KEY = "d".repeat(64);

    private final PackResource resource = new PackResource();
    private final List<String> asked = new ArrayList<>();
    private Optional<Gateway> gateway = Optional.of(gateway(Life.ACTIVATED, Optional.of(KEY)));
    private PackAnswer answer =
            new PackAnswer.Ready(7, Instant.EPOCH, 3, out -> out.write("pack".getBytes(StandardCharsets.UTF_8)));

    PackResourceTest() {
        resource.fleet = Faked.service(Fleet.class, (name, arguments) -> gateway);
        resource.packs = Faked.service(Packs.class, (name, arguments) -> {
            asked.add(arguments[0] + " " + arguments[1]);
            return answer;
        });
    }

    @Test
    void thePackOfTheGatewaysOwnKeyIsWrittenAsItIsMade() throws Exception {
        Response response = make();

        Body.Streamed body = (Body.Streamed) response.body();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writer().write(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("pack");
        assertThat(response.headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"" + ID + "-7.zip\"")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Sekimori-File-Bytes", "3");
        assertThat(asked).containsExactly(KEY + " person:alice 127.0.0.1");
    }

    @Test
    void whoIsNotTrustedGetsNone() {
        for (Life life : List.of(Life.SUSPENDED, Life.LOST, Life.RETIRED)) {
            gateway = Optional.of(gateway(life, Optional.of(KEY)));

            assertRefused(409, FleetCode.GATEWAY_NOT_TRUSTED);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whatCannotBePackedIsRefusedWithItsReason() {
        answer = new PackAnswer.Refused("NO_ASSIGNMENT", "none");
        assertRefused(409, RestCode.PACK_REFUSED);

        answer = new PackAnswer.Refused("BELOW_FLOOR", "org.a/1.0.0 has counter 1, the floor is 3");
        assertRefused(409, RestCode.PACK_BELOW_FLOOR);

        gateway = Optional.of(gateway(Life.ACTIVATED, Optional.empty()));
        assertRefused(409, RestCode.PACK_REFUSED);

        gateway = Optional.empty();
        assertRefused(404, RestCode.UNKNOWN);
    }

    private Response make() throws Exception {
        return resource.handle(Asking.request(resource, "makePack").at("id", ID));
    }

    private void assertRefused(int status, Enum<?> code) {
        assertThatExceptionOfType(WebException.class).isThrownBy(this::make).satisfies(e -> {
            assertThat(e.problem().status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }

    private static Gateway gateway(Life life, Optional<String> key) {
        return new Gateway(
                ID,
                "0001",
                "M-1",
                life,
                key,
                Set.of(),
                Gateway.Contact.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                Instant.EPOCH,
                1);
    }
}
