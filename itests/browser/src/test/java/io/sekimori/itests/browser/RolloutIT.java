package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Pack;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rollouts, begun in the browser and carried out by real gateways. */
@ExtendWith(Site.Given.class)
class RolloutIT {

    private final Site site;

    RolloutIT(Site site) {
        this.site = site;
    }

    private void begin(Tab tab, String name, String bundle, String gateways) {
        begin(tab, name, bundle, "", gateways);
    }

    private void begin(Tab tab, String name, String bundle, String level, String gateways) {
        tab.open("/rollouts/new");
        tab.type("#name", name);
        tab.eval("(() => { const s = document.querySelector('#b0'); s.value = " + Tab.quoted(bundle)
                + "; s.dispatchEvent(new Event('change')); })()");
        if (!level.isEmpty()) {
            tab.type("#s0", level);
        }
        tab.type("#gws", gateways);
        tab.type("#waves", "1");
        tab.click("form .btn.go:not([type])");
        tab.await("/^\\/rollouts\\/r-/.test(location.pathname)");
        tab.awaitAt(".tally");
    }

    /** The counts of the head add up to {@code total}, and so do those of each wave. */
    private static void mustAddUp(Tab tab, int total) {
        assertThat(tab.eval(
                        "[...document.querySelectorAll('.tally dd')].reduce((n, e) => n + Number(e.textContent), 0)"))
                .isEqualTo((long) total);
        assertThat(tab.eval("[...document.querySelectorAll('.wave')].every(w => (w.querySelector('p').innerText"
                        + ".match(/[0-9]+/g) ?? []).reduce((n, x) => n + Number(x), 0)"
                        + " === Number(w.querySelector('h3 small').innerText.match(/[0-9]+/)[0]))"))
                .isEqualTo(true);
    }

    @Test
    void aRolloutIsSeenLiveUntilItIsConfirmed() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            begin(
                    tab,
                    "Event admin everywhere",
                    "org.apache.felix.eventadmin",
                    String.join(" ", site.fleet.gateways()));
            mustAddUp(tab, 2);
            tab.eval("window.loadedOnce = true");

            tab.await("document.querySelector('[data-state=CONFIRMED]').textContent === '2'");

            tab.await("document.querySelector('.head .mark.ok')");
            mustAddUp(tab, 2);
            assertThat(tab.eval("window.loadedOnce"))
                    .as("live, not loaded again")
                    .isEqualTo(true);
            assertThat(tab.text(".feed")).contains(site.fleet.gateways());
            Site.picture(tab, "rollout-confirmed");
            assertThat(site.axe.violations(tab)).isEmpty();

            // Before harm: the safe choice has focus, and nothing happens until the number was typed.
            tab.click("[data-act='roll-back']");
            tab.await("document.activeElement.id === 'keep'");
            assertThat(tab.eval("document.querySelector('dialog .btn.cut').disabled"))
                    .isEqualTo(true);
            Site.picture(tab, "before-harm");
            tab.press("Escape");
            tab.await("!document.querySelector('dialog[open]')");

            tab.open("/gateways/" + site.fleet.gateways().get(0));
            tab.awaitText("eventadmin");
            packIsMadeInTheBrowser(tab);
            assertThat(tab.faults()).isEmpty();
        }
    }

    private void packIsMadeInTheBrowser(Tab tab) throws IOException {
        Path folder = Files.createTempDirectory("sekimori-packs");
        tab.downloads(folder);
        tab.await("document.querySelector('#make-pack')?.disabled === false"); // not while contact is lost for a moment
        tab.click("#make-pack");
        tab.awaitAt("[data-made]");
        assertThat(tab.text("[aria-labelledby=hpk]")).contains("valid until 20");
        Site.picture(tab, "gateway-pack");
        assertThat(site.axe.violations(tab)).isEmpty();

        Path file = folder.resolve((String) tab.eval("document.querySelector('[data-made]').dataset.made"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)); // the browser renames it once it is whole
        }
        try (Pack pack = Pack.open(file)) {
            assertThat(pack.director().fetch("targets.json", 1 << 20)).isPresent();
        }
        Files.delete(file);
        Files.delete(folder);
    }

    @Test
    void whatNobodyApprovedWaitsAndGoesOnOnceSomebodyDid() throws IOException {
        try (Tab tab = site.signedIn("admin");
                Closeable demand = site.fleet.demandApproval("gw-2")) {
            begin(
                    tab,
                    "A guest that somebody must approve",
                    "io.sekimori.demo.guest",
                    site.fleet.gateways().get(1));

            tab.awaitText("APPROVALS_MISSING");
            tab.awaitText("nobody yet");
            whatChangesIsToldAsTheConsolesWord(tab);
            assertThat(tab.eval("document.querySelector('[data-state=REFUSED]').textContent"))
                    .isEqualTo("0");
            Site.picture(tab, "rollout-approvals");
            assertThat(site.axe.violations(tab)).isEmpty();

            // Whom it asks the gateway has said itself; what one key takes back counts no more, whoever hands it in.
            tab.await("document.querySelector('[data-awaiting=GROUPS]')?.innerText"
                    + ".includes('customer: nobody yet, 1 needed')");
            String rollout = (String) tab.eval("location.pathname.split('/').pop()");
            Path early = site.fleet.approval("sign", rollout, "early");
            tab.choose("#hand-in", site.fleet.approval("withdraw", rollout, "back"));
            tab.awaitText("Handed in.");
            long taken = Instant.now().toEpochMilli();
            tab.choose("#hand-in", early);
            tab.awaitText("taken back");
            tab.awaitText("APPROVALS_WITHDRAWN");
            Site.picture(tab, "rollout-withdrawn");
            assertThat(site.axe.violations(tab)).isEmpty();

            // Of a later second, as dates of approvals are whole ones.
            tab.await("Date.now() > " + (taken + 1_000));
            tab.choose("#hand-in", site.fleet.approval("sign", rollout, "again"));

            // It goes on: this guest then cannot be, which is said only of what was approved and downloaded.
            tab.await("document.querySelector('[data-state=REFUSED]').textContent === '1'");
            assertThat(tab.text("td .reason")).doesNotContain("APPROVAL");
            assertThat(demand).isNotNull();
            assertThat(tab.faults()).isEmpty();
        }
    }

    private static void whatChangesIsToldAsTheConsolesWord(Tab tab) throws IOException {
        tab.awaitAt("[data-difference] [data-change]");
        assertThat(tab.text("[aria-labelledby=ha]")).contains("Nobody signs it");
        assertThat(tab.text("[data-difference]"))
                .containsSubsequence("on one gateway", "io.sekimori.demo.guest", "0.5.0", "one gateway", "unchanged");
        assertThat(tab.eval("document.querySelectorAll('[data-change]').length"))
                .isEqualTo(1L);
    }

    @Test
    void whatIsReleasedIsOfferedHoweverManyPagesItHas() {
        try (Tab tab = site.signedIn("admin")) {
            tab.open("/rollouts");
            tab.eval("(() => { const whole = window.fetch; window.fetch = (path, how) =>"
                    + " whole(String(path).replace('limit=500', 'limit=2'), how); })()");

            tab.click("a[href='/rollouts/new']");

            tab.awaitAt("#b0");
            assertThat(tab.eval("[...document.querySelectorAll('#b0 option')].map(one => one.value).sort().join()"))
                    .isEqualTo(tab.eval("fetch('/v1/releases?limit=499').then(answer => answer.json()).then(page =>"
                            + " [...new Set(page.items.map(one => ({ BUNDLE: '', SLOT: 'slot/', JAVA: 'java/' })[one.kind]"
                            + " + one.symbolicName))].sort().join())"))
                    .asString()
                    .contains("org.apache.felix.eventadmin");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aRefusedUpdateIsShownWithItsCodeAndAdvice() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            begin(
                    tab,
                    "A guest that cannot be",
                    "io.sekimori.demo.guest",
                    "7",
                    site.fleet.gateways().get(0));

            tab.await("document.querySelector('[data-state=REFUSED]').textContent === '1'");

            assertThat(tab.text("main")).contains("demo.guest 0.5.0 @7");
            mustAddUp(tab, 1);
            tab.await("document.querySelector('td .reason + .sub')?.innerText.length > 40");
            String english = tab.text("td .reason + .sub");
            String code = tab.text("td .reason");
            Site.picture(tab, "rollout-refused");
            assertThat(site.axe.violations(tab)).isEmpty();
            assertThat(code).matches("[A-Z_]+");
            takingBackAsksFirst(tab);

            tab.open("/fleet");
            tab.awaitText("refused the update");
            Site.picture(tab, "fleet-refused");
            tab.language("ja");
            tab.open("/rollouts");
            tab.click("main tbody a");
            tab.await("/[ぁ-ん]/.test(document.querySelector('td .reason + .sub')?.innerText ?? '')");
            assertThat(tab.text("td .reason")).isEqualTo(code);
            assertThat(tab.text("td .reason + .sub")).isNotEqualTo(english);
            Site.picture(tab, "rollout-refused-ja");
            whatWasRefusedIsTakenBackAndTheGatewayProvesIt(tab, code);
            assertThat(tab.faults()).isEmpty();
        }
    }

    private void takingBackAsksFirst(Tab tab) throws IOException {
        tab.open("/gateways/" + site.fleet.gateways().get(0));
        tab.awaitAt("#cancel");
        assertThat(tab.text("#cancel")).isEqualTo("Take back…");

        tab.click("#cancel");

        tab.await("document.activeElement.id === 'keep'");
        assertThat(tab.text("dialog"))
                .contains("Take back what is on its way to this gateway?", "What it has confirmed stays.");
        assertThat(tab.eval("document.querySelector('dialog .btn.cut').disabled"))
                .isEqualTo(true);
        Site.picture(tab, "gateway-take-back");
        assertThat(site.axe.violations(tab)).isEmpty();
        tab.press("Escape");
        tab.await("!document.querySelector('dialog[open]')");
        assertThat(tab.text("#cancel")).as("nothing happened").isEqualTo("Take back…");
    }

    /** In Japanese. What it refused stays refused; what is new is that it never tries it again, which it says itself. */
    private void whatWasRefusedIsTakenBackAndTheGatewayProvesIt(Tab tab, String code) throws IOException {
        tab.open("/gateways/" + site.fleet.gateways().get(0));
        tab.awaitAt("#cancel");
        assertThat(tab.text("#cancel")).isEqualTo("取り消す…");
        assertThat(tab.text("main")).doesNotContain("TAKEN_BACK");
        tab.click("#cancel");
        tab.await("document.activeElement.id === 'keep'");
        assertThat(tab.text("dialog")).contains("このゲートウェイへの割り当てを取り消しますか", "確定済みのものはそのままです");
        tab.type("#cf", "1");

        tab.click("dialog .btn.cut");

        tab.await("!document.querySelector('dialog[open]') && !document.querySelector('#cancel')");
        assertThat(tab.text("[aria-labelledby=hco] tbody tr")).contains(code).containsPattern("[ぁ-ん]");
        tab.awaitText("TAKEN_BACK");
        assertThat(tab.text("[aria-labelledby=hco] tbody tr")).contains(code);
        Site.picture(tab, "gateway-taken-back-ja");
        assertThat(site.axe.violations(tab)).isEmpty();
    }
}
