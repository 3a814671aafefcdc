package io.sekimori.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.demo.AdriftGateway;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway as it really is: its clock stands where it stood, and its line comes and goes. No browser, but the console of the others. */
@ExtendWith(Site.Given.class)
class WrongClockIT {

    private final Site site;

    WrongClockIT(Site site) {
        this.site = site;
    }

    /** One life, since each of its days begins where the one before ended. */
    @Test
    void aGatewayThatWakesIn1971IsToldTheTimeAndOneThatIsCutOffIsUpdatedFromAStick() throws IOException, MalformedJson {
        AdriftGateway gateway = site.fleet.adrift();
        gateway.clock("-55y");
        gateway.start();
        assertThat(gateway.status()).contains("TIME_UNTRUSTED");

        gateway.enrol();
        assertThat(gateway.status()).contains("the console's word").doesNotContain("TIME_UNTRUSTED");
        gateway.assign("0.2.1");
        gateway.awaitConfirmed();

        gateway.cut();
        gateway.assign("0.2.2");
        gateway.plugIn();
        gateway.clock("+10y");
        assertThat(gateway.install()).startsWith("1 ").contains("EXPIRED_ROOT");

        gateway.clock("+40d");
        JsonObject installed = gateway.installAsAPerson();
        assertThat(installed.string("outcome")).as(installed.asMap().toString()).isEqualTo("CONFIRMED");
        assertThat(installed.string("person")).isEqualTo("yui");
        assertThat(gateway.audited("update.offline-stale")).isTrue();

        gateway.clock("+0");
        gateway.join();
        gateway.awaitConfirmed();
        JsonObject told = gateway.lastAtTheConsole();
        assertThat(told.string("outcome")).as(told.asMap().toString()).isEqualTo("CONFIRMED");
        assertThat(told.string("by")).contains("yui");
        assertThat(told.string("offlineStale")).startsWith("20");
    }
}
