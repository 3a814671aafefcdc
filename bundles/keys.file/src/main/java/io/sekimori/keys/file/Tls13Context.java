package io.sekimori.keys.file;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context whose sockets and engines speak TLS 1.3 alone, whoever makes them. Thread-safe. */
final class Tls13Context extends SSLContext {

    static final String PROTOCOL = "TLSv1.3";

    Tls13Context(SSLContext context) {
        super(new Tls13(context), context.getProvider(), PROTOCOL);
    }

    static SSLParameters alone(SSLParameters parameters) {
        parameters.setProtocols(new String[] {PROTOCOL});
        return parameters;
    }

    private static final class Tls13 extends SSLContextSpi {

        private final SSLContext context;

        Tls13(SSLContext context) {
            this.context = context;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("this context is complete");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Tls13Sockets(context.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return new Tls13ServerSockets(context.getServerSocketFactory());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return only(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return only(context.createSSLEngine(host, port));
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return alone(context.getDefaultSSLParameters());
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return alone(context.getSupportedSSLParameters());
        }

        private static SSLEngine only(SSLEngine engine) {
            engine.setEnabledProtocols(new String[] {PROTOCOL});
            return engine;
        }
    }
}
