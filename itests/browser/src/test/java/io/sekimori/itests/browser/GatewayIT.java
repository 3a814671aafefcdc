package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One gateway: how it is as it signed it, and its settings, changed in the browser and tried by the real gateway. */
@ExtendWith(Site.Given.class)
class GatewayIT {

    private static final String CONNECTION = "io.sekimori.connection.mqtt";
    private static final String NEWEST = "document.querySelector('tr[data-change]')";

    private final Site site;
    private final String page;

    GatewayIT(Site site) {
        this.site = site;
        page = "/gateways/" + site.fleet.gateways().get(1);
    }

    private Tab form() {
        Tab tab = site.signedIn("admin");
        tab.open(page + "?tab=settings&set=" + CONNECTION);
        return tab;
    }

    private static void send(Tab tab, String attribute, String value, int trialSeconds, String reason) {
        tab.type("[id='a-" + attribute + "']", value);
        tab.type("#reason", reason);
        tab.eval("(() => { document.querySelector('#trial').value = '" + trialSeconds + "'; })()");
        tab.await("!document.querySelector('form .btn.go').disabled");
        tab.click("form .btn.go");
        tab.await("document.querySelector('tr[data-change]')?.innerText.includes(" + Tab.quoted(reason) + ")");
    }

    @Test
    void howItIsStandsThereWithWhenItLookedAndWhoVouches() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open(page);
            tab.await("document.querySelectorAll('tbody .verdict.ok').length > 20");

            assertThat(tab.count(".health li")).isPositive();
            assertThat(tab.text("main")).contains("vouched for when it looked", "free of", "Certificates");
            assertThat(tab.text("[aria-labelledby=hh] .say")).startsWith("it looked ");

            tab.click("#ask-proof");
            tab.awaitAt("[data-verdict=NOTHING_ASSIGNED], [data-verdict=AS_ASSIGNED]");
            assertThat(tab.text("[aria-labelledby=hpr]")).contains("Generation ", "signed ");
            Site.picture(tab, "gateway-proof");
            assertThat(site.axe.violations(tab)).isEmpty();

            tab.click(".tabs a[href*='tab=history']");
            tab.awaitAt("[aria-labelledby=hs] tbody tr");
            assertThat(site.axe.violations(tab)).isEmpty();
            Site.picture(tab, "gateway-history");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aChangeIsConfirmedOnceTheGatewayHasReachedTheConsoleWithIt() throws IOException {
        try (Tab tab = form()) {
            assertThat(tab.text(".settle")).contains("No value changes");
            tab.type("[id='a-keep.alive.seconds']", "x");
            tab.awaitAt(".field.changed .stop");
            assertThat(tab.text(".field.changed")).contains("A whole number is needed", "before:");

            send(tab, "keep.alive.seconds", "61", 60, "metered line");

            tab.await(NEWEST + ".dataset.state === 'CONFIRMED'");
            assertThat(tab.text("tr[data-change]")).contains("admin", "keep.alive.seconds: 61", "Confirmed");
            tab.await("document.querySelector(\"[id='a-keep.alive.seconds']\").value === '61'");
            assertThat(tab.count(".changed")).isZero();
            assertThat(tab.count(".trial")).isZero();
            Site.picture(tab, "settings-confirmed");
            assertThat(site.axe.violations(tab)).isEmpty();
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aChangeThatCutsTheGatewayOffGoesBackByItself() throws IOException {
        try (Tab tab = form()) {
            String before = String.valueOf(tab.eval("document.querySelector('#a-broker').value"));

            send(tab, "broker", "ssl://127.0.0.1:1", 10, "another broker");

            tab.awaitAt(".trial");
            assertThat(tab.text(".trial .t")).matches("(?s)0:\\d\\d.*until it goes back");
            assertThat(tab.eval("document.querySelector('form .btn.go').disabled"))
                    .isEqualTo(true);
            Site.picture(tab, "settings-on-trial");
            assertThat(site.axe.violations(tab)).isEmpty();

            tab.await(NEWEST + ".dataset.state === 'REVERTED'");
            assertThat(tab.text("tr[data-change]")).contains("Taken back", "CONSOLE_NOT_REACHED");
            tab.await(NEWEST + ".querySelector('.reason + .sub').innerText.length > 40");
            tab.await("document.querySelector('#a-broker').value === " + Tab.quoted(before));
            tab.awaitAt(".id-line .mark.ok");
            Site.picture(tab, "settings-reverted");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aPackThatIsNotMadeIsSaidWithItsReasonAndNothingIsKept() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open(page);
            tab.awaitAt("#make-pack");
            tab.eval(pretend(
                    "new Response(JSON.stringify({ code: 'PACK_REFUSED', reason: 'NO_ASSIGNMENT', detail: 'none',"
                            + " reasonAdvice: 'Begin a rollout first.' }), { status: 409 })"));
            press(tab, "#make-pack");
            tab.awaitText("NO_ASSIGNMENT");
            assertThat(tab.text("[aria-labelledby=hpk]")).contains("Begin a rollout first.");

            // As of a console that ends in the middle, where the browser does not say so.
            tab.eval(pretend("new Response('PK half a file', { headers: { 'Sekimori-File-Bytes': '4000' } })"));
            press(tab, "#make-pack");
            tab.awaitText("DOWNLOAD_INCOMPLETE");
            assertThat(tab.count("[data-made]")).isZero();

            // One that says nothing for long is stopped, and can be asked again.
            tab.eval(pretend("await new Promise((done, stop) => how.signal.addEventListener('abort',"
                    + " () => stop(how.signal.reason)))"));
            press(tab, "#make-pack");
            press(tab, "#stop-pack");
            tab.awaitText("Stopped; nothing was kept");
            tab.awaitAt("#make-pack");
            assertThat(tab.faults()).isEmpty();
        }
    }

    // The page goes on drawing what comes of the gateway, so that the button may move under a mouse.
    private static void press(Tab tab, String button) {
        tab.awaitAt(button + ":not([disabled])");
        tab.eval("document.querySelector(" + Tab.quoted(button) + ").click()");
    }

    private static String pretend(String answer) {
        return "(() => { const real = window.real ??= window.fetch; window.fetch = async (path, how) =>"
                + " String(path).endsWith('/pack') ? " + answer + " : real(path, how); })()";
    }

    @Test
    void aPasswordGoesInAndNeverComesOut() throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.open(page + "?tab=settings");
            // No bundle of the gateway has one, so the answer is one that had.
            tab.eval(PRETENDED);
            tab.eval("document.querySelector('[data-go=g]').click()");
            tab.await("location.pathname === '/gateways'");
            tab.eval("history.back()");
            tab.awaitText("Several doors");
            assertThat(tab.count("a[href*='set=kind']"))
                    .as("cannot be changed from here")
                    .isZero();
            tab.click("a[href*='set=example']");
            tab.awaitAt("#a-secret");

            assertThat(tab.eval("document.querySelector('#a-secret').value")).isEqualTo("");
            assertThat(tab.eval("document.querySelector('#a-secret').placeholder"))
                    .isEqualTo("set, never shown");
            assertThat(tab.text("main")).contains("only shows them");
            assertThat(tab.count("input[type=radio]")).isEqualTo(2);
            assertThat(tab.count(".rows .row")).isEqualTo(2);
            Site.picture(tab, "settings-fields");
            assertThat(site.axe.violations(tab)).isEmpty();

            assertThat(tab.text(".field:has(#a-wait)")).contains("5 to 3,600 seconds.", "Default: 30 seconds.");
            tab.type("#a-wait", "4");
            tab.awaitText("At least 5 seconds.");
            tab.type("#a-wait", "4000");
            tab.await("document.querySelector('.field:has(#a-wait) .stop').innerText === 'At most 3,600 seconds.'");
            tab.click("[data-back=wait]");
            tab.await("document.querySelector('#a-wait').value === '30'");
            assertThat(tab.count(".field:has(#a-wait) .stop")).isZero();
            assertThat(tab.text(".settle")).contains("One value changes", "61", "back to its default");
            assertThat(tab.count("[data-back=level]"))
                    .as("has a value of its own")
                    .isOne();
            assertThat(tab.count("[data-back=flag]")).as("has its default").isZero();

            tab.type("#a-secret", "tell nobody");
            tab.click("#a-many-add");
            tab.type("#a-many-2", "third");
            tab.click("#a-flag-1");
            tab.await("document.querySelector('.settle').innerText.includes('4 values change')");
            assertThat(tab.text(".settle")).doesNotContain("tell nobody");
            tab.type("#reason", "all kinds");
            tab.click("form .btn.go");
            tab.await("window.sent");
            assertThat(tab.eval("JSON.stringify(window.sent.changes.example)"))
                    .isEqualTo(
                            "{\"flag\":\"false\",\"many\":[\"one\",\"two\",\"third\"],\"secret\":\"tell nobody\",\"wait\":null}");
            tab.await("document.querySelector('#a-secret').value === ''");
            assertThat(tab.faults()).isEmpty();
        }
    }

    /** Fields of every kind, and one of a kind that nobody knows. */
    private static final String PRETENDED = """
            (() => {
              const one = (id, type, rest) => ({ id, name: id, description: '', type, cardinality: 1, required: false, options: [], ...rest });
              const set = { pid: 'example', name: 'Example', description: '', bundle: 'example', factory: false, version: 1, attributes: [
                one('flag', 'BOOLEAN', { value: 'true', default: 'true' }),
                one('level', 'STRING', { options: ['a', 'b', 'c', 'd', 'e'], value: 'b', default: 'a' }),
                one('many', 'STRING', { cardinality: 3, value: ['one', 'two'], default: [] }),
                one('secret', 'PASSWORD', { secret: true, set: true }),
                one('wait', 'INTEGER', { min: '5', max: '3600', unit: 'second', value: '61', default: '30' }),
                one('odd', 'COLOUR', { value: 'red', default: '' })] };
              const real = window.fetch;
              window.fetch = async (path, how) => {
                if (String(path).endsWith('/settings')) return new Response(JSON.stringify({ sets: [set, { ...set, pid: 'kind', name: 'Several doors', factory: true }] }));
                if (how?.method === 'POST' && String(path).endsWith('/changes')) {
                  window.sent = JSON.parse(how.body);
                  return new Response(JSON.stringify({ id: 'c-1' }), { status: 202 });
                }
                return real(path, how);
              };
            })()
            """;
}
