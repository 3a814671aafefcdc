package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a page shows while it waits, when there is nothing, when something fails, and to who may not. */
@ExtendWith(Site.Given.class)
class StatesIT {

    private final Site site;

    StatesIT(Site site) {
        this.site = site;
    }

    @Test
    void whatTakesLongShowsGreyLinesAndWhatIsWaitedFor() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.slow("*/v1/releases*");
            tab.eval("document.querySelector('[data-go=l]').click()");
            tab.awaitAt(".bones");
            tab.awaitText("Waiting for");
            Site.picture(tab, "loading");
            tab.quick();
            tab.awaitAt(".chain");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void whatEndsSaysWhoRenewsItAndHow() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/gateways");
            // The repository of another time: the root ends tomorrow, that of a publisher ended yesterday.
            tab.eval("""
                    (() => {
                      const real = window.fetch;
                      const day = n => new Date(Date.now() + n * 86400000).toISOString();
                      const roles = { root: { version: 1, expires: day(1) }, timestamp: { version: 7, expires: day(20) } };
                      const names = { patterns: ['org.acme.*/*/*.jar'], keyIds: ['a', 'b'], threshold: 2 };
                      const publishers = [{ role: 'acme', version: 3, expires: day(-1), ...names }, { role: 'later', ...names }];
                      const json = JSON.stringify({ roles, publishers });
                      window.fetch = (to, how) => String(to).includes('/v1/repository')
                        ? Promise.resolve(new Response(json, { headers: { 'Content-Type': 'application/json' } })) : real(to, how);
                    })()""");
            tab.eval("document.querySelector('[data-go=l]').click()");
            tab.awaitText("org.acme.*/*/*.jar");
            assertThat(tab.text("main"))
                    .contains("Run sekimori release root", "Run sekimori release renew --role acme", "2 of 2")
                    .contains("Nothing brought yet");
            assertThat(site.axe.violations(tab)).isEmpty();
            assertThat(tab.fits()).isTrue();
            Site.picture(tab, "releases-that-end");

            tab.eval("document.querySelector('[data-go=f]').click()");
            tab.awaitText("Publisher acme has ended");
            assertThat(tab.text(".todo")).contains("Root ends soon", "Run sekimori release renew --role acme");
            assertThat(tab.text(".clocks")).contains("Publisher acme", "Timestamp metadata");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void whileContactIsLostOldDataStaysAndNothingCanBeChanged() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/fleet");
            tab.awaitAt(".live .pulse");
            tab.offline(true);
            tab.awaitAt(".offline");
            assertThat(tab.text(".offline")).contains("No contact with the console since");
            assertThat(tab.count(".census a")).isEqualTo(6);
            Site.picture(tab, "offline");
            tab.offline(false);
            tab.await("!document.querySelector('.offline')");
        }
    }

    @Test
    void whatFailsSaysWhyAndOffersToTryAgain() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.block("*/v1/gateways?*");
            tab.eval("document.querySelector('[data-go=g]').click()");
            tab.awaitText("CONSOLE_UNREACHABLE");
            assertThat(tab.text(".why")).contains("The console does not answer");
            assertThat(tab.eval("document.querySelector('.why .btn').offsetWidth < 200"))
                    .isEqualTo(true);
            Site.picture(tab, "error");
            tab.block("");
            tab.click(".why .btn");
            tab.awaitAt("tbody tr");
        }
    }

    @Test
    void whoMayOnlyLookSeesAllAndIsToldWhatIsNeeded() throws IOException {
        try (Tab tab = site.signedIn("viewer")) {
            tab.open("/rollouts");
            assertThat(tab.text("main")).contains("PERMISSION_MISSING", "operator");
            assertThat(tab.count("a[href='/rollouts/new']")).isZero();
            Site.picture(tab, "look-only");
            tab.open("/audit");
            assertThat(tab.text(".proof")).contains("The chain is whole");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void theAuditIsSearchedAndOneEntryShowsItsProof() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/audit");
            tab.type("input[name=actor]", "viewer");
            tab.press("Enter");
            tab.await("location.search.includes('actor=viewer')");
            tab.open("/audit");
            tab.click("tbody .sub a");
            tab.awaitAt(".links");
            assertThat(tab.text(".links")).contains("This entry");
            Site.picture(tab, "audit-entry");
            assertThat(site.axe.violations(tab)).isEmpty();
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void whatDoesNotExistIsSaidSo() {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/gateways/g-777777777777");
            assertThat(tab.text(".why")).contains("There is nothing here");
        }
    }
}
