package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.trust.TimeVerifier;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** The console's word of the time, for anyone. */
class TimeResourceTest {

    private static final String NONCE = "0f".repeat(32);

    @TempDir
    private Path work;

    @OnBothDatabases
    void itIsSignedForWhoAsks(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        AtomicLong since = new AtomicLong(-7);
        TimeResource resource = new TimeResource(
                console.settings, console.unit, console.time, since::get, Console.silent(Logger.class));
        resource.records = consoles.console();
        Route route = resource.routes().get(0);
        Request request = Request.of(route, new Caller.Anonymous());

        Response response = resource.handle(request.where("nonce", NONCE));

        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ((Body.Streamed) response.body()).writer().write(said);
        TimeVerifier gateway = new TimeVerifier(work.resolve("gateway"), console.offlineDirector.anchor());
        assertThat(gateway.verify(said.toByteArray(), NONCE)).isEqualTo(console.time.now);
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
        assertThatThrownBy(() -> resource.handle(request)).hasMessageContaining("PARAMETER_INVALID");
        assertThatThrownBy(() -> resource.handle(request.where("nonce", "short")))
                .isInstanceOf(WebException.class);

        for (int asked = 3; asked < 1_000; asked++) {
            assertThatThrownBy(() -> resource.handle(request)).hasMessageContaining("PARAMETER_INVALID");
        }
        Response busy = resource.handle(request.where("nonce", NONCE));
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.headers()).containsEntry("Retry-After", "1");
        Route own = resource.routes().get(1);
        assertThat(own.permission()).isEqualTo(Permission.GATEWAY);
        for (String id : List.of("g-aaaaaaaaaaaa", "g-bbbbbbbbbbbb")) {
            Request proved = Request.of(own, new Caller.Gateway(id));
            for (int asked = 0; asked < 999; asked++) {
                assertThatThrownBy(() -> resource.handle(proved)).hasMessageContaining("PARAMETER_INVALID");
            }
            assertThat(resource.handle(proved.where("nonce", NONCE)).status())
                    .as("neither strangers nor neighbours took from it")
                    .isEqualTo(200);
            assertThat(resource.handle(proved.where("nonce", NONCE)).status()).isEqualTo(429);
        }
        since.addAndGet(Duration.ofMillis(100).toNanos());

        resource.records = null;
        since.addAndGet(Duration.ofSeconds(60).minusMillis(100).toNanos());
        assertThat(resource.handle(request.where("nonce", NONCE)).status()).isEqualTo(200);
        since.incrementAndGet();

        assertThatThrownBy(() -> resource.handle(request.where("nonce", NONCE))).hasMessageContaining("PART_ABSENT");
    }

    @Test
    void whoAsksTooOftenWaitsAndNobodyElse() {
        AtomicLong now = new AtomicLong(-7);
        PeerAllowance allowance = new PeerAllowance(now::get);
        for (int i = 0; i < 1_000; i++) {
            assertThat(allowance.pause("192.0.2.7")).isZero();
        }

        assertThat(allowance.pause("192.0.2.7")).isEqualTo(Duration.ofMillis(50));
        assertThat(allowance.pause("192.0.2.8")).isZero();

        now.addAndGet(Duration.ofMillis(50).toNanos());
        assertThat(allowance.pause("192.0.2.7")).isZero();
        assertThat(allowance.pause("192.0.2.7")).isPositive();
    }
}
