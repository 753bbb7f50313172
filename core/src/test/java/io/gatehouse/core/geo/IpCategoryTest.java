package io.gatehouse.core.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpCategoryTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    before, first, last, after, label
                    '', 0.0.0.0, 0.255.255.255, 1.0.0.0, reserved
                    9.255.255.255, 10.0.0.0, 10.255.255.255, 11.0.0.0, private
                    100.63.255.255, 100.64.0.0, 100.127.255.255, 100.128.0.0, shared
                    126.255.255.255, 127.0.0.0, 127.255.255.255, 128.0.0.0, loopback
                    169.253.255.255, 169.254.0.0, 169.254.255.255, 169.255.0.0, link_local
                    172.15.255.255, 172.16.0.0, 172.31.255.255, 172.32.0.0, private
                    191.255.255.255, 192.0.0.0, 192.0.0.255, 192.0.1.0, reserved
                    192.0.1.255, 192.0.2.0, 192.0.2.255, 192.0.3.0, documentation
                    192.88.98.255, 192.88.99.0, 192.88.99.255, 192.88.100.0, reserved
                    192.167.255.255, 192.168.0.0, 192.168.255.255, 192.169.0.0, private
                    198.17.255.255, 198.18.0.0, 198.19.255.255, 198.20.0.0, reserved
                    198.51.99.255, 198.51.100.0, 198.51.100.255, 198.51.101.0, documentation
                    203.0.112.255, 203.0.113.0, 203.0.113.255, 203.0.114.0, documentation
                    223.255.255.255, 224.0.0.0, 239.255.255.255, '', multicast
                    '', 240.0.0.0, 255.255.255.255, '', reserved
                    '', ::, ::, '', unspecified
                    '', ::1, ::1, '', loopback
                    '', 2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::, reserved
                    2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::, documentation
                    2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::, reserved
                    3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::, documentation
                    3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::, fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, '', reserved
                    '', fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, '', private
                    '', fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, '', link_local
                    '', fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, '', reserved
                    '', ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, '', multicast
                    """)
    void aBlockHasItsCategoryFromItsFirstToItsLastAddress(
            String before, String first, String last, String after, String label) {
        if (!before.isEmpty()) {
            assertThat(labelOf(before)).isEqualTo("public");
        }
        assertThat(labelOf(first)).isEqualTo(label);
        assertThat(labelOf(last)).isEqualTo(label);
        if (!after.isEmpty()) {
            assertThat(labelOf(after)).isEqualTo("public");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, reserved",
        "255.255.255.255, reserved",
        "192.0.0.9, reserved",
        "192.0.0.10, reserved",
        "192.0.0.170, reserved",
        "192.31.196.1, public",
        "192.52.193.1, public",
        "192.175.48.1, public",
        "8.8.8.8, public",
        "::2, reserved",
        "::1.2.3.4, reserved",
        "0:0:0:0:8000::1, reserved",
        "::ffff:0:1.2.3.4, reserved",
        "64:ff9b::8.8.8.8, reserved",
        "64:ff9b:1::1, reserved",
        "100::1, reserved",
        "100:0:0:1::1, reserved",
        "1fff::1, reserved",
        "2000::1, public",
        "2001:0:1::1, reserved",
        "2001:1::1, reserved",
        "2001:2::1, reserved",
        "2001:3::1, reserved",
        "2001:4:112::1, reserved",
        "2001:10::1, reserved",
        "2001:20::1, reserved",
        "2001:30::1, reserved",
        "2001:4860:4860::8888, public",
        "2620:4f:8000::1, public",
        "5f00::1, reserved",
        "fd12:3456::1, private",
        "ff02::1, multicast",
        "::ffff:0.0.0.0, reserved",
        "::ffff:10.1.2.3, private",
        "::ffff:127.0.0.1, loopback",
        "::ffff:8.8.8.8, public",
    })
    void anAddressHasTheCategoryOfItsBlock(String address, String label) {
        assertThat(labelOf(address)).isEqualTo(label);
    }

    @Test
    void noAddressIsUnknown() {
        assertThat(IpCategory.of(new IpAddress())).isEqualTo(IpCategory.UNKNOWN);
    }

    private static String labelOf(String text) {
        IpAddress address = new IpAddress();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(address.parse(bytes, 0, bytes.length)).as(text).isTrue();
        return IpCategory.of(address).label();
    }
}
