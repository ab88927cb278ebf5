package io.trialstream.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;

/** The page that shows the interface, in a real browser and under the service's own content security policy. */
class SwaggerUiIT {
    private static final double PATIENCE_MILLIS = 60_000;

    @Test
    void shouldShowTheInterfaceAndTryItOut() {
        try (Browser browser = Browser.start()) {
            String origin = RunningStack.shared().url();
            Page page = browser.page();
            page.setDefaultTimeout(PATIENCE_MILLIS);

            Response answer = page.navigate(origin + "/swagger-ui");

            assertThat(answer.headerValue("content-security-policy"))
                    .contains("default-src 'self'")
                    .doesNotContain("script-src")
                    .doesNotContain("unsafe");
            assertThat(page.locator("h1, h2.title").first())
                    .containsText(
                            "Trialstream results",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
            Locator listStudies = page.locator("#operations-Studies-listStudies");
            listStudies.locator(".opblock-summary-control").click();
            listStudies.locator(".try-out__btn").click();
            listStudies.locator("button.execute").click();
            assertThat(listStudies
                            .locator(".live-responses-table .response-col_status")
                            .last())
                    .containsText("200");
            browser.picture("swagger-ui");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
