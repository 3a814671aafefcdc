package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.demo.BrowserFleet;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Site.Given.class)
class SignInIT {

    private final Site site;

    SignInIT(Site site) {
        this.site = site;
    }

    @Test
    void aFirstPasswordOpensNothingButItsOwnChange() throws IOException {
        try (Tab tab = site.stranger()) {
            tab.open("/gateways");
            tab.await("location.pathname === '/signin'");
            Site.picture(tab, "signin");
            assertThat(site.axe.violations(tab)).isEmpty();
            Site.signIn(tab, "newcomer");
            tab.await("location.pathname === '/password'");
            tab.open("/gateways");
            tab.await("location.pathname === '/password'");
            Site.picture(tab, "password");
            assertThat(site.axe.violations(tab)).isEmpty();

            tab.type("#now", BrowserFleet.PASSWORD);
            tab.type("#next", "four words of my own");
            tab.type("#again", "four other words here");
            tab.click("form .btn.go");
            tab.awaitText("PASSWORDS_DIFFER");
            tab.type("#again", "four words of my own");
            tab.click("form .btn.go");

            tab.awaitAt(".app h1");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void aFirstViewIsUnder150KilobytesOnTheWire() {
        try (Tab tab = site.stranger()) {
            Site.signIn(tab, "viewer");
            tab.awaitAt(".census");

            assertThat(tab.bytes()).isBetween(20_000L, 150_000L);
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void afterWrongTriesTheDoorSaysHowLongItStaysClosed() throws IOException {
        try (Tab tab = site.stranger()) {
            tab.open("/signin");
            for (int i = 0; i < 12 && !tab.text("form").contains("SIGN_IN_DELAYED"); i++) {
                tab.type("#who", "nobody-here");
                tab.type("#pw", "not the password " + i);
                tab.click("form .btn.go");
                tab.await("document.querySelector('form .why') && !document.querySelector('form .btn.go').disabled");
            }

            assertThat(tab.text(".why")).contains("SIGN_IN_DELAYED").containsPattern("Try again in [0-9]+ s");
            Site.picture(tab, "signin-delayed");
            assertThat(tab.faults()).isEmpty();
        }
    }
}
