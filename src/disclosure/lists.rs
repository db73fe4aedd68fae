//! The dictionaries: places, employers, given names. Rules may still find other names by their form.

/// Provinces, cities and well-known counties of China, without suffixes such as 省 or 市.
pub(super) const CHINESE_PLACES: &str = "北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 \
 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 \
 通辽 鄂尔多斯 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 \
 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 \
 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 \
 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 \
 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 \
 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 \
 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 拉萨 日喀则 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 \
 西宁 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 台北 新北 桃园 台中 台南 高雄 基隆 新竹 苗栗 彰化 南投 云林 嘉义 屏东 宜兰 花莲 台东 澎湖 金门 马祖 九龙 新界 旺角 浦东 海淀 \
 朝阳区 昆山 义乌 中关村 陆家嘴";
/// Places among these that are also common words.
pub(super) const ALSO_WORDS: &str = "中山 大同 安康 白银 朝阳 吉安 长治 兴安 阳泉 平凉 保定 黄山 中卫 资阳 大理 海口 定西 日照 德州 云林 宁德 来宾 普洱 通化 四平 白山 三明 泰安 金门 新界 固原 吴忠";
/// Cities and countries in English texts.
pub(super) const ENGLISH_PLACES: &str = "London Paris Berlin Madrid Rome Vienna Zurich Geneva Brussels Amsterdam Dublin Edinburgh Glasgow Manchester \
 Liverpool Birmingham Leeds Bristol Cardiff Belfast Oxford Cambridge Stockholm Oslo Copenhagen Helsinki Warsaw Prague Brno Budapest Athens \
 Lisbon Porto Barcelona Milan Munich Hamburg Frankfurt Cologne Moscow Kyiv Istanbul Ankara Cairo Lagos Nairobi Johannesburg Accra Toronto \
 Montreal Vancouver Ottawa Calgary Boston Chicago Seattle Portland Denver Austin Dallas Houston Atlanta Miami Philadelphia Detroit Phoenix \
 Baltimore Minneapolis Pittsburgh Cleveland Sacramento Oakland Brooklyn Manhattan Queens Texas California Florida Ohio Michigan Illinois \
 Georgia Virginia Oregon Colorado Arizona Nevada Kansas Iowa Utah Alaska Hawaii Massachusetts Pennsylvania Minnesota Wisconsin Tennessee \
 Kentucky Louisiana Alabama Oklahoma Missouri Tokyo Osaka Kyoto Seoul Busan Beijing Shanghai Shenzhen Guangzhou Hangzhou Chengdu Wuhan Nanjing \
 Taipei Kaohsiung Taichung Tainan Singapore Bangkok Jakarta Manila Hanoi Mumbai Delhi Bangalore Chennai Kolkata Karachi Lahore Dhaka Sydney \
 Melbourne Brisbane Perth Auckland Wellington Bogota Lima Santiago Caracas Havana Yorkshire Cornwall Scotland Wales Normandy Bavaria Tuscany \
 Catalonia Ontario Quebec Alberta";
pub(super) const ENGLISH_PLACES_OF_TWO: &str = "New York|Los Angeles|San Francisco|San Diego|San Jose|Las Vegas|New Orleans|Salt Lake City|New Jersey|North Carolina|\
South Carolina|New Mexico|West Virginia|Hong Kong|Cape Town|Buenos Aires|Sao Paulo|Rio de Janeiro|Mexico City|Tel Aviv|Abu Dhabi|Kuala Lumpur|\
Ho Chi Minh City|Northern Ireland|New Taipei|Silicon Valley";
/// Large employers that people call by a short name.
pub(super) const EMPLOYERS: &str = "阿里巴巴 阿里 腾讯 华为 百度 京东 美团 字节跳动 小米 网易 拼多多 滴滴 快手 携程 联想 富士康 台积电 鸿海 联发科 华硕 宏碁 比亚迪 格力 海尔 万科 恒大 \
 碧桂园 顺丰 海底捞 大疆 蚂蚁金服 饿了么 新浪 搜狐 哔哩哔哩 招商银行 工商银行 建设银行 农业银行 中国银行 交通银行 平安 中国移动 中国电信 中国联通 国家电网 中石油 中石化 中信 中金 \
 中华电信 长荣 星巴克 麦当劳 肯德基 沃尔玛 家乐福 谷歌 微软 亚马逊 特斯拉 三星 索尼 丰田";
pub(super) const ENGLISH_EMPLOYERS: &str = "Google Microsoft Amazon Facebook Netflix IBM Oracle Intel Samsung Toyota Walmart Starbucks McDonald's Siemens Bosch \
 Volkswagen BMW Nestle Unilever Pfizer Novartis Deloitte KPMG Accenture Boeing Airbus Tesla Uber Airbnb Spotify Salesforce Cisco Nokia Ericsson \
 Huawei Tencent Alibaba Foxconn TSMC PwC Barclays HSBC Citigroup JPMorgan Tesco Ikea Costco FedEx UPS DHL";
/// Common given names in English texts.
pub(super) const GIVEN_NAMES: &str = "James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Donald Steven Paul \
 Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott \
 Brandon Benjamin Samuel Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler Aaron Jose Henry Adam Douglas Nathan Peter Zachary \
 Kyle Walter Ethan Jeremy Harold Keith Christian Roger Noah Gerald Carl Terry Sean Austin Arthur Lawrence Jesse Dylan Bryan Joe Jordan Billy \
 Bruce Albert Willie Gabriel Logan Alan Juan Wayne Roy Ralph Randy Eugene Vincent Russell Elijah Louis Bobby Philip Johnny Tom Ben Sam Max \
 Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle \
 Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen \
 Samantha Katherine Christine Debra Rachel Carolyn Janet Catherine Maria Heather Diane Ruth Julie Olivia Joyce Virginia Victoria Kelly Lauren \
 Christina Joan Evelyn Judith Megan Andrea Cheryl Hannah Jacqueline Martha Gloria Teresa Ann Sara Madison Frances Kathryn Janice Jean Abigail \
 Alice Judy Sophia Grace Denise Amber Doris Marilyn Danielle Beverly Isabella Theresa Diana Natalie Brittany Charlotte Marie Kayla Alexis Lori \
 Ahmed Mohammed Fatima Aisha Ali Omar Hassan Ibrahim Yusuf Priya Raj Amit Sanjay Anita Sunita Wei Ming Li Mei Jing Yan Hiroshi Yuki Kenji Akira \
 Carlos Luis Miguel Pedro Diego Sofia Lucia Elena Carmen Rosa Ana Pierre Jacques Claude Francois Hans Klaus Jürgen Ingrid Svetlana Olga Ivan \
 Dmitri Natasha Sven Lars Erik Anders Bjorn Giovanni Marco Luca Giulia Chiara";
