package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every screen in both languages and both themes, on a desk and on a phone. */
@ExtendWith(Site.Given.class)
class ScreensIT {

    private final Site site;

    ScreensIT(Site site) {
        this.site = site;
    }

    private List<String> screens() {
        String gateway = "/gateways/" + site.fleet.gateways().get(0);
        return List.of(
                "/fleet",
                "/gateways",
                "/gateways?serial=nobody",
                gateway,
                gateway + "?tab=settings",
                gateway + "?tab=settings&set=io.sekimori.connection.mqtt",
                gateway + "?tab=history",
                gateway + "?tab=audit",
                "/rollouts",
                "/rollouts/new",
                "/releases",
                "/notices",
                "/audit",
                "/audit?actor=nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en light", "en dark", "ja light", "ja dark"})
    void aScreenKeepsNobodyOutAndBreaksNoPolicy(String look) throws IOException {
        String language = look.substring(0, 2);
        try (Tab tab = site.signedIn("admin")) {
            tab.language(language);
            tab.theme(look.substring(3));
            for (String screen : screens()) {
                tab.open(screen);
                assertThat(tab.eval("document.documentElement.lang")).isEqualTo(language);
                String name = screen.replaceAll("/g-[a-z2-7]{12}", "/one")
                        .replaceAll("[^a-z]+", "-")
                        .substring(1);
                Site.picture(tab, name + "-" + look.replace(' ', '-'));
                assertThat(site.axe.violations(tab)).as(screen + " " + look).isEmpty();
                assertThat(tab.fits()).as(screen).isTrue();
                assertThat(tab.text("body"))
                        .as("texts of " + screen)
                        .doesNotContainPattern("\\b(t|plural)\\(")
                        .doesNotContain("\\u00");
            }
            assertThat(tab.faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void onAPhoneNothingScrollsSideways(String language) throws IOException {
        try (Tab tab = site.signedIn("admin")) {
            tab.language(language);
            tab.size(390, 844);
            for (String screen : screens()) {
                tab.open(screen);
                Site.picture(
                        tab,
                        "phone" + screen.replaceAll("/g-[a-z2-7]{12}", "/one").replaceAll("[^a-z]+", "-") + "-"
                                + language);
                assertThat(tab.fits()).as(screen).isTrue();
            }
            tab.click(".top .tool.only-phone");
            tab.click("dialog[open] a[href='/audit']");
            tab.await("location.pathname === '/audit'");
            assertThat(tab.faults()).isEmpty();
        }
    }
}
