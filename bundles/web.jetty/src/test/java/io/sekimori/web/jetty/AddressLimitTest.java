package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.web.Peer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressLimitTest {

    private final AddressLimit limit = new AddressLimit(2);

    @Test
    void oneAddressHoldsNoMoreThanItMayAndNobodyElseIsConcerned() {
        assertThat(limit.enter("192.0.2.7")).isTrue();
        assertThat(limit.enter("192.0.2.7")).isTrue();
        assertThat(limit.enter("192.0.2.7")).isFalse();
        assertThat(limit.enter("192.0.2.8")).isTrue();
    }

    @Test
    void whoLeftMayComeBackAndIsForgotten() {
        limit.enter("192.0.2.7");
        limit.enter("192.0.2.7");
        limit.enter("192.0.2.7");

        limit.leave("192.0.2.7"); // the one that was turned away
        limit.leave("192.0.2.7");
        assertThat(limit.enter("192.0.2.7")).isTrue();

        limit.leave("192.0.2.7");
        limit.leave("192.0.2.7");
        assertThat(limit.addresses()).isZero();
    }

    @Test
    void aNetworkOfSixtyFourBitsCountsAsOneAndThisMachineDoesNotCount() throws UnknownHostException {
        assertThat(AddressLimit.counted(InetAddress.getByName("2001:db8:0:7::1")))
                .isEqualTo(AddressLimit.counted(InetAddress.getByName("2001:db8:0:7:ffff::9")))
                .contains("2001:db8:0:7");
        assertThat(AddressLimit.counted(InetAddress.getByName("2001:db8:0:8::1")))
                .contains("2001:db8:0:8");
        assertThat(AddressLimit.counted(InetAddress.getByName("192.0.2.7"))).contains("192.0.2.7");
        assertThat(AddressLimit.counted(InetAddress.getByName("127.0.0.2"))).isEmpty();
        assertThat(AddressLimit.counted(InetAddress.getByName("::1"))).isEmpty();
        assertThat(Peer.network("192.0.2.7")).isEqualTo("192.0.2.7");
    }
}
