package io.aiaudit.collect.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The one HTTP transport of everything that calls Google, libraries and tokens too: the JDK's, through the proxy that
 * HTTPS_PROXY and NO_PROXY name.
 */
final class GoogleHttp implements HttpTransportFactory {
    private static final int USUAL_PROXY_PORT = 8080;

    private final Map<String, String> environment;
    private final HttpTransport transport;

    GoogleHttp(Map<String, String> environment) {
        this.environment = environment;
        this.transport =
                new NetHttpTransport.Builder().setConnectionFactory(this::open).build();
    }

    @Override
    public HttpTransport create() {
        return transport;
    }

    private HttpURLConnection open(URL address) throws IOException {
        Proxy proxy = proxy(address);
        return (HttpURLConnection) (proxy == null ? address.openConnection() : address.openConnection(proxy));
    }

    /** Null where the properties of the JVM decide. */
    private Proxy proxy(URL address) {
        String named = variable(address.getProtocol() + "_proxy");
        if (named == null || named.isBlank() || isExcepted(address.getHost())) {
            return null;
        }
        URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
        int port = proxy.getPort() < 0 ? USUAL_PROXY_PORT : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
    }

    private boolean isExcepted(String host) {
        String exceptions = variable("no_proxy");
        return host.equals("127.0.0.1")
                || host.equals("localhost")
                || host.equals("metadata.google.internal")
                || host.equals("169.254.169.254")
                || (exceptions != null
                        && Arrays.stream(exceptions.split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .anyMatch(name -> name.equals("*")
                                        || host.equals(name)
                                        || host.endsWith(name.startsWith(".") ? name : "." + name)));
    }

    /** In upper or lower case, as other programs read them. */
    private String variable(String name) {
        return environment.getOrDefault(name, environment.get(name.toUpperCase(Locale.ROOT)));
    }
}
