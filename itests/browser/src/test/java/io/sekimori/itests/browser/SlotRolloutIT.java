package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.demo.LaunchedGateway;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Launchers, rolled out by the console to a real gateway beside which root's helper is at work. No browser, but the console of the others. */
@ExtendWith(Site.Given.class)
class SlotRolloutIT {

    private final Site site;

    SlotRolloutIT(Site site) {
        this.site = site;
    }

    @Test
    void aLauncherIsStartedAndProvedAndOneThatDoesNotStartIsRefused() throws IOException {
        try (LaunchedGateway gateway = site.fleet.launched("gw-2")) {
            long first = gateway.process();

            gateway.takes("0.2.0");

            long second = gateway.process();
            assertThat(second).isNotEqualTo(first);
            assertThat(gateway.refuses("0.3.0")).isEqualTo("VERIFY_FAILED");
            assertThat(gateway.process()).isEqualTo(second);
            assertThat(gateway.launcher()).isEqualTo("0.2.0");
        }
    }
}
