package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.demo.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * People are told by mail, programs by webhook and by MQTT, and the page says what did not arrive. The last of all tests: what the others
 * did is told by then.
 */
@ExtendWith(Site.Given.class)
class ToldIT {

    private final Site site;

    ToldIT(Site site) {
        this.site = site;
    }

    @Test
    void aTestArrivesEachWayAndWhatDoesNotIsSaidWithWhy() throws IOException {
        Told told = site.fleet.told();
        try (Tab tab = site.signedIn("admin")) {
            tab.eval("document.querySelector('[data-go=n]').click()");
            press(tab, "[data-test=mail]");
            tab.awaitText("NOTICE_REFUSED");
            tab.awaitText("550 no such user");
            until(() -> told.mails().stream().anyMatch(mail -> mail.startsWith("A test: 1")));

            press(tab, "[data-test=hook]");
            until(() ->
                    told.posts().stream().anyMatch(post -> post.contains("\"TEST\"") && post.contains("person:admin")));
            press(tab, "[data-test=hook]");
            tab.awaitText("NOTICE_TEST_TOO_SOON");

            press(tab, "[data-test=mqtt]");
            until(() -> told.messages().stream().anyMatch(message -> message.contains("\"TEST\"")));

            assertThat(tab.text("main"))
                    .contains("https://localhost:", "site/updates", "ops@example.com", "Arrived")
                    .doesNotContain("way-that-is-secret");
            assertThat(site.axe.violations(tab)).isEmpty();
            Site.picture(tab, "notices-refused");
            press(tab, "[data-again]");
            tab.awaitText("It is being sent again");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aRolloutThatBeganAndOneThatStoppedAreTold() throws IOException {
        Told told = site.fleet.told();
        site.fleet.anyRollout();
        try (Tab tab = site.signedIn("admin")) {
            for (String kind : List.of("UPDATE_AVAILABLE", "ROLLOUT_STOPPED")) {
                until(() -> told.posts().stream().anyMatch(post -> post.contains('"' + kind + '"')));
            }
            until(() -> told.messages().stream().anyMatch(message -> message.contains("\"ROLLOUT_STOPPED\"")));
            until(() -> told.mails().stream().anyMatch(mail -> mail.startsWith("Updates are available")));
            until(() -> told.mails().stream()
                    .anyMatch(mail -> mail.startsWith("Rollouts were stopped") && mail.contains("HALTED")));
            tab.open("/notices");
            assertThat(tab.text("main")).contains("Updates are available", "Rollouts were stopped");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void whoMayOnlyLookSendsNothing() {
        try (Tab tab = site.signedIn("viewer")) {
            tab.open("/notices");
            assertThat(tab.text("main")).contains("operator", "PERMISSION_MISSING");
            assertThat(tab.count("[data-test], [data-again]")).isZero();
            assertThat(tab.faults()).isEmpty();
        }
    }

    /** A button that is there, and not busy. */
    private static void press(Tab tab, String button) {
        tab.awaitAt(button + ":not([disabled])");
        tab.click(button);
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(holds);
    }
}
