# WeCom (self-built app, group robot): what is said only there.

wecom-location = [Location] { $label } ({ $point })

doctor-wecom-half = WeCom is only half set up, so that channel does not start. Missing: { $missing }.
doctor-wecom-agent-id = WECOM_AGENT_ID is not a number, so WeCom does not start. It is the AgentId on the app’s page in the admin console, such as 1000002.
doctor-wecom-aes-key = WECOM_AES_KEY is not right: an EncodingAESKey has 43 letters and digits. Copy it again from the app's “Receive messages” settings.
doctor-wecom = WeCom knows this app: { $name }.
doctor-wecom-refused = WeCom refuses { $what } (error { $code }). Compare WECOM_CORP_ID and WECOM_SECRET with the admin console.
doctor-wecom-agent = WECOM_AGENT_ID and WECOM_SECRET belong to different apps (error { $code }). Copy both again from the app's page in the admin console.
doctor-wecom-ip = WeCom does not take calls from this machine's outgoing address (60020). Add it to the app's “Trusted IPs”: { $ip }.
doctor-wecom-away = { $host } cannot be reached ({ $why }). Check this machine's network; behind a proxy set HTTPS_PROXY, for a gateway of your own WECOM_API_URL.
doctor-wecom-slow = WeCom asks for patience. Run the check again in a minute.
doctor-wecom-closed = This app is switched off in the admin console, so nobody gets its messages. Switch it on again.
doctor-wecom-clock = This machine's clock is { $seconds } seconds away from WeCom's. Beyond 300 what it brings is refused as stale. Set the clock.
doctor-wecom-hears = Messages arrive at https://YOUR-HOST/wecom/app; its Token and EncodingAESKey are those in WECOM_TOKEN and WECOM_AES_KEY.
doctor-wecom-robot = A group robot is set.
doctor-wecom-robot-url = WECOM_ROBOT_URL does not look right: it is the whole address https://…/cgi-bin/webhook/send?key=…
