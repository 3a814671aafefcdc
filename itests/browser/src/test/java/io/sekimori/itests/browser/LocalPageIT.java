package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.demo.LonelyGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of a gateway on the phone of somebody beside it. */
@ExtendWith(Site.Given.class)
class LocalPageIT {

    private static final String SERIAL = "gw-1";
    private static final String PASSWORD = "a door in the mountains";

    @TempDir
    Path folder;

    private final Site site;

    LocalPageIT(Site site) {
        this.site = site;
    }

    private void looksWell(Tab tab, String name) throws IOException {
        Site.picture(tab, "local-" + name);
        assertThat(site.axe.violations(tab)).as(name).isEmpty();
        assertThat(tab.fits()).as(name).isTrue();
    }

    private static void person(Tab tab, String code) {
        tab.type("#code", code);
        tab.type("#name", "yui");
        tab.type("#next", PASSWORD);
        tab.type("#again", PASSWORD);
        tab.click("form .btn.go");
    }

    /** One after the other, since the first sign-in is there once. */
    @Test
    void whoHasTheActivationCodeComesInSeesHowItIsAndUpdatesFromThePhone() throws IOException {
        try (Tab tab = site.beside(SERIAL)) {
            tab.open("/");
            tab.awaitAt("#code");
            looksWell(tab, "first");
            person(tab, "AAAA-BBBB-CCCC");
            tab.awaitText("ACTIVATION_CODE_WRONG");

            person(tab, site.fleet.activationCode(SERIAL));
            choosesWhatBeginsByItself(tab);
            tab.awaitAt("#update");
            assertThat(tab.bytes()).isBetween(20_000L, 150_000L);
            assertThat(tab.text("main")).contains("vouched for", "Reaches the console", "Signed in as yui");
            assertThat(tab.text(".lhead")).contains(SERIAL);
            for (String look : new String[] {"en light", "en dark", "ja light", "ja dark"}) {
                tab.language(look.substring(0, 2));
                tab.theme(look.substring(3));
                tab.open("/");
                tab.awaitAt("#update");
                looksWell(tab, "home-" + look.replace(' ', '-'));
            }

            tab.language("en");
            tab.open("/");
            putsOffWhatWouldBeginByItself(tab);
            refusesWhatNobodySigned(tab);
            turnsUpdatesOffAndOnAgain(tab);

            tab.click(".lnote .btn");
            tab.awaitAt("#password");
            looksWell(tab, "signin");
            tab.type("#name", "yui");
            tab.type("#password", PASSWORD);
            tab.click("form .btn.go");
            tab.awaitAt("#update");
            assertThat(tab.faults()).isEmpty();
        }
    }

    /**
     * Without a network. The first update makes the probation of the next one so long that stopping it never is a race.
     */
    @Test
    void anUpdateFromAStickIsSeenUntilItIsConfirmedAndAnotherUntilItIsStopped() throws IOException {
        LonelyGateway gateway = site.fleet.lonely();
        try (Tab tab = site.phone(gateway.address());
                Tab other = site.phone(gateway.address())) {
            tab.open("/");
            person(tab, LonelyGateway.CODE);
            tab.awaitAt("#setup");
            tab.open("/"); // who leaves then finds it as it was
            tab.awaitAt("#policy [data-way=all]");
            tab.awaitAt("#update");
            String oneTime = viewer(tab);
            keepsItsLastAdministrator(tab);

            gateway.plugIn("first", "0.1.1", "io.sekimori.update.engine:probation.seconds=3600");
            tab.awaitAt(".pack [data-found]"); // by itself
            assertThat(tab.text(".pack")).contains(LonelyGateway.REMEDY, "Work goes on meanwhile.");
            tab.awaitText("UPDATE_ON_MEDIUM");
            looksWell(tab, "found");
            check(tab, "first.zip", "Generation 1 to 2.");
            assertThat(tab.text("[data-remedies]")).contains(LonelyGateway.REMEDY);
            assertThat(tab.text("#update"))
                    .contains("Signed, and meant for this gateway", "One bundle changes:", "kura 0.1.0 → 0.1.1");
            looksWell(tab, "plan");
            tab.click("#update .btn.go");
            tab.awaitAt("#update li[data-outcome=CONFIRMED]");
            assertThat(tab.text("#update li[data-outcome]")).contains("Confirmed", "generation 1 to 2", "yui");
            assertThat(tab.count("#update .btn.go"))
                    .as("what was planned is over")
                    .isZero();

            gateway.plugIn("second", "0.1.2", "");
            check(tab, "second.zip", "Generation 2 to 3.");
            tab.click("#update .btn.go");
            tab.awaitText("In probation: checks must hold");
            tab.await("document.querySelector('#update progress').value > 0");
            Object seen = tab.eval("document.querySelector('#update progress').value");
            tab.await("document.querySelector('#update progress').value > " + seen);
            looksWell(tab, "running");

            looksOn(other, oneTime);

            tab.click("#update [data-act=stop]");
            for (Tab each : List.of(tab, other)) {
                each.awaitAt("#update li[data-outcome=CANCELLED]");
                each.await("!document.querySelector('#update progress')");
                assertThat(each.text("#update ol li:first-child")).contains("Cancelled", "generation 2 to 3", "yui");
                assertThat(each.text("#update ol li:nth-child(2)")).contains("Confirmed");
                assertThat(each.text("dl.facts")).contains("generation 2");
                assertThat(each.faults()).isEmpty();
            }
            looksWell(tab, "stopped");
            assertThat(other.count("#people")).as("is for administrators").isZero();
            looksWell(other, "look-only");
            assertThat(other.text("#policy")).contains("Updates are on");
            assertThat(other.count("#policy details"))
                    .as("is for administrators")
                    .isZero();
            assertThat(other.count("#update .btn")).isZero();
            assertThat(other.count("#file")).isZero();
        }
    }

    /** Finds the stick by itself, and has it checked. */
    private static void check(Tab tab, String name, String planned) {
        tab.await("[...document.querySelectorAll('.pack')].some(one => one.innerText.includes('" + name
                + "') && one.querySelector('.btn:not([disabled])'))");
        tab.click(".pack .btn:not([disabled])"); // the newest comes first
        tab.awaitText(planned);
    }

    /** Adds somebody who may only look; answers the one-time password, which is shown once. */
    private String viewer(Tab tab) throws IOException {
        tab.click("#people summary");
        tab.awaitAt("#people [data-person=yui]");
        tab.type("#person", "vera");
        tab.click("#people [data-act=add]");
        tab.awaitAt("#people [data-person=vera]");
        assertThat(tab.text("#people [data-person=vera]")).contains("viewer", "has a one-time password");
        looksWell(tab, "people");
        return tab.text("#people .otp");
    }

    private static void keepsItsLastAdministrator(Tab tab) {
        tab.click("#people [data-person=yui] [data-act=remove]");
        tab.awaitAt("#people [data-person=yui] [data-act=sure]");
        tab.click("#people [data-person=yui] [data-act=sure]");
        tab.awaitText("LAST_ADMINISTRATOR");
        tab.click("#people summary");
        tab.await("!document.querySelector('#people .otp')");
    }

    /** Comes in with a one-time password and another one then, sees the update run, and is offered nothing. */
    private static void looksOn(Tab tab, String oneTime) {
        tab.open("/");
        tab.awaitAt("#password");
        tab.type("#name", "vera");
        tab.type("#password", oneTime);
        tab.click("form .btn.go");
        tab.awaitAt("#next");
        tab.type("#password", oneTime);
        tab.type("#next", PASSWORD);
        tab.type("#again", PASSWORD);
        tab.click("form .btn.go");
        tab.awaitText("In probation: checks must hold");
        assertThat(tab.text("main")).contains("You may look and not change", "Signed in as vera");
        assertThat(tab.count("#update progress")).isOne();
        assertThat(tab.count("#update button, #update input")).isZero();
    }

    /** At the first sign-in: as it is unless another is chosen, and with the name of who chose. */
    private void choosesWhatBeginsByItself(Tab tab) throws IOException {
        tab.awaitAt("#setup input[value=all]:checked");
        looksWell(tab, "setup");
        tab.click("#setup input[value=download]");
        tab.click("#setup .btn.go");
        tab.awaitAt("#policy [data-way=download]");
        assertThat(tab.text("#policy [data-by]")).contains("Set here by yui");

        tab.click("#policy summary");
        tab.click("#policy input[value=all]");
        looksWell(tab, "policy");
        tab.click("#policy [data-act=set]");
        tab.awaitAt("#policy [data-way=all]");
    }

    private void turnsUpdatesOffAndOnAgain(Tab tab) throws IOException {
        tab.click("#policy summary");
        tab.click("#policy input[value=off]");
        tab.click("#policy [data-act=set]");
        tab.await("document.activeElement?.id === 'policy-keep'");
        assertThat(tab.text("#policy .why")).contains("refuses every update", "goes on running");
        looksWell(tab, "updates-off-asked");
        tab.click("#policy-keep");
        tab.await("!document.querySelector('#policy .why')");
        assertThat(tab.count("#policy [data-way=all]")).isOne();

        tab.click("#policy input[value=off]");
        tab.click("#policy [data-act=set]");
        tab.awaitAt("#policy [data-act=off]");
        tab.click("#policy [data-act=off]");
        tab.awaitAt("#policy [data-way=off]");
        tab.awaitText("UPDATES_DISABLED");
        looksWell(tab, "updates-off");
        anOlderPageOverwritesNothing(tab);

        tab.click("#policy input[value=all]");
        tab.click("#policy [data-act=set]");
        tab.awaitAt("#policy [data-way=all]");
        tab.await("!document.querySelector('#assigned').innerText.includes('UPDATES_DISABLED')");
    }

    /** Somebody else sets it between the choice and the button. */
    private static void anOlderPageOverwritesNothing(Tab tab) {
        tab.click("#policy input[value=all]");
        tab.eval("""
                (async () => {
                  const seen = await fetch('/v1/local/update-policy');
                  const set = await fetch('/v1/local/update-policy', {method: 'PUT', headers: {'Content-Type': 'application/json',
                    'X-Sekimori': '1', 'If-Match': seen.headers.get('ETag')},
                    body: JSON.stringify({enabled: true, downloadAutomatic: false, installAutomatic: false})});
                  window.elsewhere = set.status;
                })()""");
        tab.await("window.elsewhere === 200");
        tab.click("#policy [data-act=set]");
        tab.awaitText("TAG_STALE");
        tab.awaitAt("#policy [data-way=hand]");
    }

    private void putsOffWhatWouldBeginByItself(Tab tab) throws IOException {
        tab.awaitAt("#assigned");
        assertThat(tab.text("#assigned")).contains("Nothing waits");
        tab.type("#hours", "700");
        tab.click("#assigned [data-act=defer]");
        tab.awaitText("DEFERRAL_TOO_LONG");
        tab.type("#hours", "2");
        tab.click("#assigned [data-act=defer]");
        tab.awaitAt("#assigned [data-act=goon]");
        assertThat(tab.text("#assigned")).contains("DEFERRED", "Put off. It may begin by itself at");
        looksWell(tab, "put-off");
        tab.click("#assigned [data-act=goon]");
        tab.await("!document.querySelector('#assigned [data-act=goon]')");
        tab.awaitText("Nothing waits");
    }

    private void refusesWhatNobodySigned(Tab tab) throws IOException {
        Path update = Files.writeString(folder.resolve("update.zip"), "no update at all");
        tab.awaitAt("#file");
        tab.choose("#file", update);
        tab.awaitAt(".pack .btn:not([disabled])");
        assertThat(tab.text(".pack")).contains("update.zip");
        tab.click(".pack .btn");
        tab.await("!document.querySelector('.pack .btn:not([disabled])') || document.querySelector('#update .why')");
        tab.awaitAt("#update .why .reason");
        assertThat(tab.text("#update .why")).contains("was refused", "Nothing was changed");
        assertThat(tab.text("#update .why .reason")).matches("[A-Z_]+");
        assertThat(tab.text("#update .why .sub")).hasSizeGreaterThan(30);
        looksWell(tab, "refused");
    }
}
