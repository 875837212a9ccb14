"""Some 200 cities in Chinese and English and the IANA zone each lives in: facts of the IANA time zone database."""

from __future__ import annotations

# zone: Chinese name = English name (further spellings after a slash), …
_TABLE = """
Asia/Shanghai: 北京=Beijing/Peking, 上海=Shanghai, 广州=Guangzhou/Canton, 深圳=Shenzhen, 杭州=Hangzhou, 南京=Nanjing, 成都=Chengdu
Asia/Shanghai: 重庆=Chongqing, 武汉=Wuhan, 西安=Xi'an/Xian, 苏州=Suzhou, 天津=Tianjin, 长沙=Changsha, 郑州=Zhengzhou, 青岛=Qingdao
Asia/Shanghai: 大连=Dalian, 厦门=Xiamen, 合肥=Hefei, 济南=Jinan, 哈尔滨=Harbin, 沈阳=Shenyang, 长春=Changchun, 福州=Fuzhou
Asia/Shanghai: 昆明=Kunming, 宁波=Ningbo, 无锡=Wuxi, 珠海=Zhuhai, 东莞=Dongguan, 佛山=Foshan, 南昌=Nanchang, 南宁=Nanning
Asia/Shanghai: 贵阳=Guiyang, 兰州=Lanzhou, 太原=Taiyuan, 石家庄=Shijiazhuang, 海口=Haikou, 拉萨=Lhasa, 银川=Yinchuan, 西宁=Xining
Asia/Shanghai: 呼和浩特=Hohhot, 中国=China/PRC, 温州=Wenzhou, 常州=Changzhou, 徐州=Xuzhou, 烟台=Yantai, 三亚=Sanya, 绍兴=Shaoxing
Asia/Urumqi: 乌鲁木齐=Urumqi/Ürümqi, 喀什=Kashgar
Asia/Hong_Kong: 香港=Hong Kong/HK
Asia/Macau: 澳门=Macau/Macao
Asia/Taipei: 台北=Taipei, 高雄=Kaohsiung, 台中=Taichung, 新竹=Hsinchu, 台湾=Taiwan
Asia/Singapore: 新加坡=Singapore
Asia/Kuala_Lumpur: 吉隆坡=Kuala Lumpur/KL, 槟城=Penang, 马来西亚=Malaysia
Asia/Tokyo: 东京=Tokyo/Tokio, 大阪=Osaka, 京都=Kyoto, 名古屋=Nagoya, 横滨=Yokohama, 福冈=Fukuoka, 札幌=Sapporo, 日本=Japan
Asia/Seoul: 首尔=Seoul, 釜山=Busan, 韩国=Korea/South Korea
Asia/Bangkok: 曼谷=Bangkok, 清迈=Chiang Mai, 泰国=Thailand
Asia/Ho_Chi_Minh: 胡志明市=Ho Chi Minh City/Saigon, 河内=Hanoi, 越南=Vietnam
Asia/Jakarta: 雅加达=Jakarta
Asia/Makassar: 巴厘岛=Bali/Denpasar
Asia/Manila: 马尼拉=Manila, 菲律宾=Philippines
Asia/Phnom_Penh: 金边=Phnom Penh
Asia/Vientiane: 万象=Vientiane
Asia/Yangon: 仰光=Yangon/Rangoon
Asia/Dhaka: 达卡=Dhaka
Asia/Kolkata: 新德里=New Delhi/Delhi, 孟买=Mumbai/Bombay, 班加罗尔=Bangalore/Bengaluru, 海得拉巴=Hyderabad, 金奈=Chennai, 加尔各答=Kolkata/Calcutta, 印度=India
Asia/Colombo: 科伦坡=Colombo
Asia/Kathmandu: 加德满都=Kathmandu
Asia/Karachi: 卡拉奇=Karachi, 伊斯兰堡=Islamabad, 拉合尔=Lahore
Asia/Tashkent: 塔什干=Tashkent
Asia/Almaty: 阿拉木图=Almaty, 阿斯塔纳=Astana
Asia/Ulaanbaatar: 乌兰巴托=Ulaanbaatar/Ulan Bator
Asia/Dubai: 迪拜=Dubai, 阿布扎比=Abu Dhabi
Asia/Riyadh: 利雅得=Riyadh, 吉达=Jeddah
Asia/Qatar: 多哈=Doha
Asia/Tehran: 德黑兰=Tehran
Asia/Baghdad: 巴格达=Baghdad
Asia/Jerusalem: 耶路撒冷=Jerusalem, 特拉维夫=Tel Aviv, 海法=Haifa
Asia/Beirut: 贝鲁特=Beirut
Asia/Tbilisi: 第比利斯=Tbilisi
Asia/Yerevan: 埃里温=Yerevan
Asia/Baku: 巴库=Baku
Asia/Novosibirsk: 新西伯利亚=Novosibirsk
Asia/Vladivostok: 海参崴/符拉迪沃斯托克=Vladivostok
Europe/Istanbul: 伊斯坦布尔=Istanbul, 安卡拉=Ankara
Europe/Moscow: 莫斯科=Moscow, 圣彼得堡=Saint Petersburg/St Petersburg
Europe/Kyiv: 基辅=Kyiv/Kiev
Europe/Minsk: 明斯克=Minsk
Europe/Bucharest: 布加勒斯特=Bucharest
Europe/Sofia: 索非亚=Sofia
Europe/Athens: 雅典=Athens
Europe/Helsinki: 赫尔辛基=Helsinki, 埃斯波=Espoo
Europe/Tallinn: 塔林=Tallinn
Europe/Riga: 里加=Riga
Europe/Vilnius: 维尔纽斯=Vilnius
Europe/Warsaw: 华沙=Warsaw/Warszawa, 克拉科夫=Krakow/Kraków
Europe/Prague: 布拉格=Prague/Praha, 布尔诺=Brno
Europe/Budapest: 布达佩斯=Budapest
Europe/Vienna: 维也纳=Vienna/Wien
Europe/Belgrade: 贝尔格莱德=Belgrade
Europe/Zagreb: 萨格勒布=Zagreb
Europe/Ljubljana: 卢布尔雅那=Ljubljana
Europe/Berlin: 柏林=Berlin, 慕尼黑=Munich/München, 法兰克福=Frankfurt, 汉堡=Hamburg, 科隆=Cologne/Köln, 斯图加特=Stuttgart
Europe/Berlin: 杜塞尔多夫=Düsseldorf/Dusseldorf, 德累斯顿=Dresden, 亚琛=Aachen, 海德堡=Heidelberg, 图宾根=Tübingen/Tuebingen, 德国=Germany
Europe/Zurich: 苏黎世=Zurich/Zürich, 日内瓦=Geneva/Genève, 洛桑=Lausanne, 巴塞尔=Basel, 伯尔尼=Bern, 瑞士=Switzerland
Europe/Amsterdam: 阿姆斯特丹=Amsterdam, 鹿特丹=Rotterdam, 代尔夫特=Delft, 埃因霍温=Eindhoven, 荷兰=Netherlands
Europe/Brussels: 布鲁塞尔=Brussels/Bruxelles, 鲁汶=Leuven
Europe/Luxembourg: 卢森堡=Luxembourg
Europe/Paris: 巴黎=Paris, 里昂=Lyon, 马赛=Marseille, 图卢兹=Toulouse, 法国=France
Europe/Madrid: 马德里=Madrid, 巴塞罗那=Barcelona, 西班牙=Spain
Europe/Lisbon: 里斯本=Lisbon/Lisboa, 波尔图=Porto
Europe/Rome: 罗马=Rome/Roma, 米兰=Milan/Milano, 都灵=Turin/Torino, 博洛尼亚=Bologna, 意大利=Italy
Europe/Copenhagen: 哥本哈根=Copenhagen/København
Europe/Oslo: 奥斯陆=Oslo
Europe/Stockholm: 斯德哥尔摩=Stockholm, 哥德堡=Gothenburg/Göteborg, 瑞典=Sweden
Europe/Dublin: 都柏林=Dublin
Europe/London: 伦敦=London, 剑桥=Cambridge, 牛津=Oxford, 曼彻斯特=Manchester, 爱丁堡=Edinburgh, 伯明翰=Birmingham, 英国=UK/United Kingdom/Britain
Atlantic/Reykjavik: 雷克雅未克=Reykjavik
Africa/Cairo: 开罗=Cairo
Africa/Casablanca: 卡萨布兰卡=Casablanca
Africa/Lagos: 拉各斯=Lagos
Africa/Nairobi: 内罗毕=Nairobi
Africa/Addis_Ababa: 亚的斯亚贝巴=Addis Ababa
Africa/Accra: 阿克拉=Accra
Africa/Johannesburg: 约翰内斯堡=Johannesburg, 开普敦=Cape Town
America/New_York: 纽约=New York/NYC, 波士顿=Boston, 华盛顿=Washington/Washington DC, 费城=Philadelphia, 匹兹堡=Pittsburgh
America/New_York: 亚特兰大=Atlanta, 迈阿密=Miami, 巴尔的摩=Baltimore, 普林斯顿=Princeton, 罗利=Raleigh, 美东/美国东部=Eastern Time/US Eastern
America/Detroit: 底特律=Detroit, 安娜堡=Ann Arbor
America/Chicago: 芝加哥=Chicago, 休斯敦=Houston, 达拉斯=Dallas, 奥斯汀=Austin, 明尼阿波利斯=Minneapolis, 厄巴纳=Urbana, 美中/美国中部=Central Time/US Central
America/Denver: 丹佛=Denver, 盐湖城=Salt Lake City, 博尔德=Boulder, 美国山区=Mountain Time/US Mountain
America/Phoenix: 凤凰城=Phoenix
America/Los_Angeles: 洛杉矶=Los Angeles/LA, 旧金山=San Francisco/SF, 西雅图=Seattle, 圣何塞=San Jose/Silicon Valley, 硅谷=Palo Alto
America/Los_Angeles: 圣迭戈=San Diego, 波特兰=Portland, 拉斯维加斯=Las Vegas, 伯克利=Berkeley, 尔湾=Irvine, 美西/美国西部=Pacific Time/US Pacific
America/Anchorage: 安克雷奇=Anchorage
Pacific/Honolulu: 檀香山/火奴鲁鲁=Honolulu, 夏威夷=Hawaii
America/Toronto: 多伦多=Toronto, 渥太华=Ottawa, 滑铁卢=Waterloo, 蒙特利尔=Montreal/Montréal
America/Halifax: 哈利法克斯=Halifax
America/Winnipeg: 温尼伯=Winnipeg
America/Edmonton: 埃德蒙顿=Edmonton, 卡尔加里=Calgary
America/Vancouver: 温哥华=Vancouver
America/Mexico_City: 墨西哥城=Mexico City
America/Bogota: 波哥大=Bogotá/Bogota
America/Lima: 利马=Lima
America/Santiago: 圣地亚哥=Santiago
America/Argentina/Buenos_Aires: 布宜诺斯艾利斯=Buenos Aires
America/Puerto_Rico: 圣胡安=San Juan, 波多黎各=Puerto Rico
America/Sao_Paulo: 圣保罗=São Paulo/Sao Paulo, 里约热内卢=Rio de Janeiro/Rio
Australia/Sydney: 悉尼=Sydney, 堪培拉=Canberra
Australia/Melbourne: 墨尔本=Melbourne
Australia/Brisbane: 布里斯班=Brisbane
Australia/Adelaide: 阿德莱德=Adelaide
Australia/Perth: 珀斯=Perth
Pacific/Auckland: 奥克兰=Auckland, 惠灵顿=Wellington, 新西兰=New Zealand
"""


def _rows() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """(zone, Chinese names, English names) of every city, the usual name first."""
    rows = []
    for line in _TABLE.strip().splitlines():
        zone, _, cities = line.partition(": ")
        for city in cities.split(", "):
            chinese, _, english = city.partition("=")
            rows.append((zone, tuple(chinese.split("/")), tuple(english.split("/"))))
    return rows


CITIES = tuple(_rows())
