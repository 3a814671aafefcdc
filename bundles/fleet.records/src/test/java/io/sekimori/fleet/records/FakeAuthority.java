package io.sekimori.fleet.records;

import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.Authority;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.authority.Standing;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Remembers what it was asked for. */
final class FakeAuthority implements Authority {

    final Map<String, GatewayCertificate> certificates = new HashMap<>();
    final List<String> revoked = new ArrayList<>();

    void enrol(String id, String deviceKey) {
        certificates.put(
                id,
                new GatewayCertificate(
                        id, deviceKey, "1f", Instant.EPOCH, Instant.EPOCH, GatewayCertificate.State.ISSUED));
    }

    @Override
    public IssuedActivation activate(ActivationOrder order, String actor) {
        byte[] file = ("activation of " + order.gatewayId()).getBytes(StandardCharsets.UTF_8);
        return new IssuedActivation(file, file.clone(), Instant.EPOCH);
    }

    @Override
    public Standing check(X509Certificate certificate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<GatewayCertificate> newest(String gatewayId) {
        return Optional.ofNullable(certificates.get(gatewayId));
    }

    @Override
    public void revoke(String gatewayId, String reason, String actor) {
        revoked.add(gatewayId + " " + reason);
    }

    @Override
    public byte[] revocations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<X509Certificate> anchors() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLContext client(int number) throws AuthorityException {
        throw new UnsupportedOperationException();
    }
}
