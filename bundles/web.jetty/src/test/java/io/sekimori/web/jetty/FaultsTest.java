package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.web.Problem;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final List<String> lines = new ArrayList<>();
    private long nanos = TimeUnit.DAYS.toNanos(-1);
    private final Faults faults = new Faults(Site.keeping(lines), () -> nanos);

    @Test
    void eachKindHasALineInTenSecondsWithHowManyThereWere() {
        for (int i = 0; i < 100; i++) {
            faults.refused("GET", refusal(503, WebCode.PART_ABSENT));
        }
        faults.refused("GET", refusal(503, WebCode.FAILED));
        assertThat(lines).hasSize(2);

        nanos += TimeUnit.SECONDS.toNanos(10);
        faults.refused("GET", refusal(503, WebCode.PART_ABSENT));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).startsWith("warn").contains("99");
    }

    @Test
    void theCallersOwnFaultIsForDebuggingAlone() {
        faults.refused("GET", refusal(400, WebCode.ADDRESS_MALFORMED));
        faults.gone(new IllegalStateException());

        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("debug"));
    }

    @Test
    void whatFailsForSomebodyKnownIsAnError() {
        faults.failed("GET /", new IllegalStateException(), true);

        assertThat(lines).singleElement().satisfies(line -> assertThat(line).startsWith("error"));
    }

    private static WebException refusal(int status, WebCode code) {
        return new WebException(new Problem(status, code, "no"), new IllegalStateException());
    }
}
