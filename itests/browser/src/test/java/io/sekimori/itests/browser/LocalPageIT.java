package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            refusesWhatNobodySigned(tab);

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
