package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The list of gateways with more of them than anybody scrolls through. */
@ExtendWith(Site.Given.class)
class GatewaysIT {

    private final Site site;

    GatewaysIT(Site site) {
        this.site = site;
    }

    @Test
    void pagesComeFromTheServerByKeyAndStandInTheAddress() {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/gateways?life=PROVISIONED");
            assertThat(tab.count("tbody tr")).isEqualTo(100);
            String first = tab.text("tbody tr td:nth-child(3)");

            tab.click(".pager .btn:last-child");
            tab.await("location.search.includes('after=')");
            tab.await("document.querySelector('tbody tr td:nth-child(3)').innerText !== " + Tab.quoted(first));
            String second = tab.text("tbody tr td:nth-child(3)");
            assertThat(tab.text(".pager .num")).startsWith("101 to 200 of ");
            assertThat(second).isGreaterThan(first);

            String shared = tab.address();
            tab.click(".pager .btn:first-child");
            tab.await("document.querySelector('tbody tr td:nth-child(3)')?.innerText === " + Tab.quoted(first));
            tab.open(shared);
            assertThat(tab.text("tbody tr td:nth-child(3)")).isEqualTo(second);
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aFilterStandsInTheAddressAndFindsOneOfTenThousand() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/gateways");
            tab.type(".filters input[name=serial]", "SN-0777");
            tab.press("Enter");
            tab.await("location.search === '?serial=SN-0777'");
            tab.await("document.querySelectorAll('tbody tr').length === 10");
            assertThat(tab.text(".filters .chip.on")).contains("SN-0777");
            tab.click(".filters .chip.on");
            tab.await("location.search === ''");

            tab.open("/gateways?serial=NOBODY");
            assertThat(tab.text("main")).contains("No gateway matches").doesNotContain("No gateways yet");
            Site.picture(tab, "gateways-no-match");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void textOfAMachineIsShownAsText() {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/gateways?serial=SN-00007");

            assertThat(tab.text("tbody")).contains("<img src=x onerror=alert(1)>");
            assertThat(tab.count("tbody img")).isZero();
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void keysMoveThroughTheListAndBetweenPlaces() {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/gateways");
            tab.press("j", "j");
            assertThat(tab.eval("document.activeElement.closest('tr') === document.querySelectorAll('tbody tr')[1]"))
                    .isEqualTo(true);
            tab.press("Enter");
            tab.awaitAt(".tabs a[aria-current='page'][href^='/gateways/']");
            tab.press("]");
            tab.awaitAt(".tabs a[aria-current='page'][href$='?tab=settings']");
            assertThat(tab.text("main")).as("it need not answer").contains("Waiting for");
            tab.press("]");
            tab.awaitAt(".tabs a[aria-current='page'][href$='?tab=history']");
            tab.press("g", "a");
            tab.await("location.pathname === '/audit'");
            tab.press("?");
            tab.awaitAt("#keys[open]");
            tab.press("Escape");
            tab.await("!document.querySelector('#keys[open]')");
            tab.press("/");
            tab.await("document.activeElement.closest('.find')");
            tab.press("g", "f");
            assertThat(tab.address()).as("no key acts while typing").isEqualTo("/audit");
            assertThat(tab.faults()).isEmpty();
        }
    }
}
